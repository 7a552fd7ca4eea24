-- Lists and tuples.

local function numbered(item, index)
  if item then item:prepend_text("[" .. index .. "] ") end
end

local function new_item(list, value)
  list.count = list.count + 1
  if list.count > MOST_ITEMS then fail("has too many items to show") end
  list[list.count] = value
end

-- Reads one item behind others.
local function next_item(read_item, c, tree, within, index)
  within.index = index
  local value, item = read_item(c, tree, within)
  numbered(item, index)
  return value, item
end

local function told(c, tree, list)
  if not c.quiet and tree then
    tree:append_text(list.count == 1 and " (1 item)" or " (" .. list.count .. " items)")
  end
  return list
end

function read.list(number, item)
  return function(c, tree, scope)
    local total = number(c, tree, scope)
    local list, within = { count = 0 }, inner(scope, {})
    deeper(c)
    while list.count < total do
      new_item(list, (next_item(item, c, tree, within, list.count)))
    end
    c.depth = c.depth - 1
    return told(c, tree, list)
  end
end

-- Items to the end of the input, or of the piece.
function read.list_to_end(item)
  return function(c, tree, scope)
    ends_here(c)
    local list, within = { count = 0 }, inner(scope, {})
    deeper(c)
    while c.stop - c.at >= 8 do
      new_item(list, (next_item(item, c, tree, within, list.count)))
    end
    c.depth = c.depth - 1
    return told(c, tree, list)
  end
end

-- Items to the one that ends them.
function read.list_until(item, last, terminator, or_end)
  return function(c, tree, scope)
    local list, within = { count = 0 }, inner(scope, {})
    deeper(c)
    while true do
      if or_end and c.stop - c.at < 8 then
        ends_here(c)
        break
      end
      local from = c.at
      local value, shown = next_item(item, c, tree, within, list.count)
      local ends = same(value, last)
      if not ends or terminator == "kept" then new_item(list, value) end
      if ends then
        if terminator ~= "kept" then note(shown, " [ends the list]") end
        if terminator == "left" then c.at = from end
        break
      end
    end
    c.depth = c.depth - 1
    return told(c, tree, list)
  end
end

-- Items to the one for which an expression holds.
function read.list_to_last(item, last)
  return function(c, tree, scope)
    local list, within = { count = 0 }, inner(scope, {})
    deeper(c)
    while true do
      local value = next_item(item, c, tree, within, list.count)
      new_item(list, value)
      local ends = last(inner(within, { item = value }))
      if ends == nil then fail("whether it is the last item is not known") end
      if ends ~= 0 then break end
    end
    c.depth = c.depth - 1
    return told(c, tree, list)
  end
end

-- Items that are all different, in any order.
function read.unordered(list, by_key)
  return function(c, tree, scope)
    local value, item = list(c, tree, scope)
    for i = 1, value.count or 0 do
      for j = 1, i - 1 do
        local one, other = value[i], value[j]
        if by_key then one, other = one[1], other[1] end
        if same(one, other) then complain(c, item or tree, "an item is there twice") end
      end
    end
    return value, item
  end
end

function read.tuple(items)
  return function(c, tree, scope)
    local list = { count = #items }
    for index, item in ipairs(items) do list[index] = (item(c, tree, scope)) end
    return list
  end
end
