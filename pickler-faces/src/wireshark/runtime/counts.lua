-- How many units there are. Of text and bytes, a count reads them: it returns
-- where they start, themselves, and where they end.
local count = {}

-- What only the end of the input, or of a piece, ends.
local function ends_here(c)
  if c.open == c.stop then error({ endless = true }, 0) end
end

local function natural(value)
  if type(value) ~= "number" or value < 0 then
    fail("a count or size of " .. (value and show(value) or "no value"))
  end
  return value
end

function count.fixed(number)
  return function() return number end
end

function count.prefix(integer)
  return function(c, tree)
    return natural(operand((integer(c, tree, ALONE))))
  end
end

function count.expression(evaluate)
  return function(_, _, scope) return natural(evaluate(scope)) end
end

function count.rest(unit)
  return function(c)
    ends_here(c)
    return math.floor((c.stop - c.at) / unit)
  end
end

-- Text and bytes of so many.
function count.bytes(number)
  return function(c, tree, scope)
    local found = number(c, tree, scope)
    local from = c.at
    return from, take_bytes(c, found), c.at
  end
end

-- Where bytes stand behind the cursor, and how many of them.
local function find_end(c, ending, or_end)
  on_boundary(c)
  local from, stop = c.at / 8, math.floor(c.stop / 8)
  local first = c.bytes:find(ending, from + 1, true)
  if first and first - 1 + #ending <= stop then return first - 1 - from, #ending end
  if not or_end then
    need(c, (stop - from + 1) * 8)
  end
  ends_here(c)
  return stop - from, 0
end

-- Text and bytes to bytes that end them; `shows_end`: which are shown with
-- them.
function count.until_bytes(ending, terminator, or_end, shows_end)
  return function(c)
    local from = c.at
    local length, found = find_end(c, ending, or_end)
    if terminator == "kept" then length, found = length + found, 0 end
    local value = take_bytes(c, length)
    local to = c.at
    if terminator == "taken" then take_bytes(c, found) end
    return from, value, shows_end and c.at or to
  end
end
