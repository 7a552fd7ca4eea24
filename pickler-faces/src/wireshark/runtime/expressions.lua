-- Expressions over fields. What overflows, divides by zero or is not known is
-- `nil`.
local ex = {}

-- The number that a value is.
local function operand(value)
  if type(value) == "boolean" then return value and 1 or 0 end
  if type(value) == "number" then return value end
  if type(value) ~= "table" then return nil end
  if value.tag ~= nil then return value.tag end
  return value.negative ~= nil and int.checked(value) or nil
end

local function place(s, name)
  if name == "item" and s.item ~= nil then return s.item end
  return s.values[name]
end

function ex.field(s, name)
  local value = place(s, name)
  if value ~= nil then return operand(value) end
  value = s.parameters[name]
  if value == nil and name == "index" then return s.index end
  return value
end

-- The value itself: what has fields, items, a length or bytes.
function ex.whole(s, name)
  return place(s, name)
end

function ex.member(value, name)
  if type(value) ~= "table" or not value.values then return nil end
  return value.values[name]
end

function ex.item(value, index)
  if index == nil or value == nil then return nil end
  if type(value) == "string" then return value:byte(index + 1) end
  if type(value) ~= "table" then return nil end
  return value[index + 1]
end

ex.number = operand

function ex.length(value)
  if type(value) == "string" then return #value end
  return type(value) == "table" and value.count or nil
end

function ex.tag(s, name, value)
  if value ~= nil then return operand(value) end
  return name and s.parameters[name]
end

function ex.present(s, name)
  local value = s.values[name]
  if value == nil then return nil end
  return value ~= NULL and 1 or 0
end

function ex.size_of(s, name)
  local there = s.there and s.there[name]
  if there then return there.size end
  local from, to = s.starts and s.starts[name], s.ends and s.ends[name]
  return to and math.ceil((to - from) / 8)
end

function ex.offset_of(s, name)
  local there = s.there and s.there[name]
  if there then return there.offset end
  local from = s.ends and s.ends[name] and s.starts[name]
  return from and from % 8 == 0 and (from - s.origin) / 8 or nil
end

function ex.size_of_self(s)
  return s.complete and math.ceil((s.complete - s.start) / 8)
end

local function both(apply)
  return function(a, b)
    if a == nil or b == nil then return nil end
    return int.checked(apply(a, b))
  end
end

ex.add = both(int.add)
ex.subtract = both(int.subtract)
ex.multiply = both(int.multiply)
ex.divide = both(function(a, b) return (int.divide(a, b)) end)
ex.remainder = both(function(a, b) return (select(2, int.divide(a, b))) end)
ex.band = both(function(a, b) return int.bitwise("band", a, b) end)
ex.bor = both(function(a, b) return int.bitwise("bor", a, b) end)
ex.bxor = both(function(a, b) return int.bitwise("bxor", a, b) end)

local function shift(apply)
  return both(function(value, count)
    if type(count) ~= "number" or count < 0 or count > 127 then return nil end
    return apply(value, count)
  end)
end

ex.shift_left = shift(function(value, count)
  return int.multiply(value, int.power_of_two(count))
end)
ex.shift_right = shift(int.shift_right)

function ex.negate(a)
  return a and int.checked(int.negate(a))
end

function ex.complement(a)
  return a and int.subtract(int.negate(a), 1)
end

-- "Not", before a condition.
function ex.opposite(a)
  return a and (a == 0 and 1 or 0)
end

function ex.cast(a, bits, signed)
  return a and int.fits(a, bits, signed) and a or nil
end

-- What is compared: a number, text, bytes or a floating-point number.
function ex.comparand(value)
  if type(value) == "table" and value.count then
    local bytes = {}
    for index = 1, value.count do
      local byte = operand(value[index])
      if type(byte) ~= "number" or byte < 0 or byte > 255 then return nil end
      bytes[index] = string.char(byte)
    end
    return table.concat(bytes)
  end
  if type(value) == "string" then return value end
  return operand(value)
end

local HOLDS = {
  ["=="] = function(order) return order == 0 end,
  ["!="] = function(order) return order ~= 0 end,
  ["<"] = function(order) return order == -1 end,
  ["<="] = function(order) return order == -1 or order == 0 end,
  [">"] = function(order) return order == 1 end,
  [">="] = function(order) return order == 1 or order == 0 end,
}

function ex.compare(a, operator, b)
  if a == nil or b == nil or (type(a) == "string") ~= (type(b) == "string") then return nil end
  local order
  if type(a) == "string" then
    order = a == b and 0 or 1
    -- Byte by byte, whatever the locale says.
    for index = 1, math.max(#a, #b) do
      local left, right = a:byte(index) or -1, b:byte(index) or -1
      if left ~= right then
        order = left < right and -1 or 1
        break
      end
    end
  elseif a ~= a or b ~= b then
    order = nil
  else
    order = int.compare(a, b)
  end
  return HOLDS[operator](order) and 1 or 0
end

function ex.both(a, b)
  if a == nil or a == 0 then return a end
  local right = b()
  return right and (right ~= 0 and 1 or 0)
end

function ex.either(a, b)
  if a == nil or a ~= 0 then return a and 1 end
  local right = b()
  return right and (right ~= 0 and 1 or 0)
end

function ex.choose(condition, one, other)
  if condition == nil then return nil end
  if condition ~= 0 then return one() end
  return other()
end

-- Each arm is a test of the value, and what it gives.
function ex.match(value, arms, otherwise)
  if value == nil then return nil end
  for _, arm in ipairs(arms) do
    local fits = arm[1](value)
    if fits == nil then return nil end
    if fits then return arm[2]() end
  end
  return otherwise()
end

function ex.is(value, known)
  local equal = ex.compare(value, "==", known)
  if equal == nil then return nil end
  return equal == 1
end

function ex.within(value, first, last)
  if type(value) == "string" then return nil end
  return int.compare(value, first) >= 0 and int.compare(value, last) <= 0
end

-- A field where it is compared.
function ex.compared(s, name)
  local value = place(s, name)
  if value == nil then return ex.field(s, name) end
  return ex.comparand(value)
end
