-- Records whose fields say which they are.

local WIRE_TYPE = { [0] = "varint", [1] = "fixed64", [2] = "bytes", [5] = "fixed32" }
local OF_FORM = { varint = 0, zigzag = 0, fixed64 = 1, bytes = 2, fixed32 = 5 }

local function leb128(c)
  local value, length = groups(c, "leb128", 10)
  if not int.fits(value, 64, false) then fail("a varint past 64 bits") end
  return value, length
end

-- A number of the format, shown.
local function number(c, tree, f, format)
  local from = c.at
  local value
  if format.bits then
    value = take(c, format.bits)
  else
    value = varint(c, format.varint, 64, false)
  end
  return value, add(c, tree, f, from, c.at, value)
end

local LEB128 = { varint = "leb128" }

-- The value of a field in its form.
local function content(c, tree, scope, form, reader, from_varint)
  if form == "plain" or form == "bytes" then return reader(c, tree, scope) end
  if form == "fixed32" or form == "fixed64" then
    return in_order(c, true, nil, reader, tree, ALONE)
  end
  local from = c.at
  local raw = leb128(c)
  if form == "zigzag" then
    raw = meaning.zigzag(raw)
  elseif from_varint.signed then
    raw = int.signed(raw, 64)
  end
  return from_varint.show(c, tree, from, raw)
end

-- An integer, boolean or name that stands in a varint.
function read.of_varint(f, bits, signed, names, other)
  return {
    signed = signed,
    show = function(c, tree, from, value)
      if f.kind == "bool" then
        local item = add(c, tree, f, from, c.at, value ~= 0)
        if value ~= 0 and value ~= 1 then complain(c, item or tree, "expected 0 or 1") end
        return value ~= 0, item
      end
      if not int.fits(value, bits, signed) then
        fail(string.format("%s does not fit %d bits", show(value), bits))
      end
      local item = add(c, tree, f, from, c.at, value)
      local name = names and names[int.show(value)]
      if names and not name and not other then
        complain(c, item or tree, "unknown value " .. show(value))
      end
      return value, item
    end,
  }
end

-- The same, of which some values are shown as others.
function read.shown_varint(varint_reader, pairs_of)
  return {
    signed = varint_reader.signed,
    show = function(c, tree, from, raw)
      local value, item = varint_reader.show(c, tree, from, raw)
      for _, pair in ipairs(pairs_of) do
        if same(pair[1], value) then
          note(item, " [" .. show(pair[2]) .. "]")
          return pair[2], item
        end
      end
      return value, item
    end,
  }
end

local function enter_value(c, tree, keyed, key, form)
  if form ~= "bytes" then return nil end
  if keyed.protobuf then
    return enter(c, natural((number(c, tree, keyed.size_field, LEB128))))
  end
  local from = c.at
  local found = natural(keyed.size and (number(c, tree, keyed.size_field, keyed.size)) or 0)
  local least = 0
  if keyed.size_counts == "rest" then least = (c.at - from) / 8 end
  if keyed.size_counts == "message" then least = (c.at - key.at) / 8 end
  if found < least then fail("a size that is less than its own") end
  return enter(c, found - least)
end

local function next_key(c, tree, keyed, coming)
  if keyed.protobuf then
    if c.at >= c.stop then
      ends_here(c)
      return nil
    end
    local at = c.at
    local value, shown = number(c, tree, keyed.key_field, LEB128)
    local high, low = int.divide(value, 8)
    local form = WIRE_TYPE[low]
    if not form then fail("no wire type: " .. show(low)) end
    note(shown, string.format(" (field %s, %s)", show(high), form))
    return { number = high, form = form, at = at, shown = shown, raw = value }
  end
  while true do
    if coming.pairs == 0 then return nil end
    if not coming.pairs and not keyed.terminator and c.at >= c.stop then
      ends_here(c)
      return nil
    end
    local at = c.at
    local value, shown = number(c, tree, keyed.key_field, keyed.key)
    if keyed.terminator and same(value, keyed.terminator) and value ~= keyed.pad then
      note(shown, " [ends the fields]")
      return nil
    end
    if not (keyed.pad and same(value, keyed.pad)) then
      if coming.pairs then coming.pairs = coming.pairs - 1 end
      return { number = value, at = at, shown = shown }
    end
    note(shown, " [padding]")
  end
end

local function unknown_value(c, tree, keyed, key)
  local form = key.form or (keyed.size and "bytes" or "plain")
  if keyed.unknown == "refused" or form == "plain" then
    fail("unknown key " .. show(key.number))
  end
  local outer, from = nil, nil
  if form == "bytes" then
    outer = enter_value(c, tree, keyed, key, form)
    from = c.at
    take_bytes(c, bytes_left(c))
  else
    from = c.at
    if form == "varint" then
      leb128(c)
    else
      take_bytes(c, form == "fixed32" and 4 or 8)
    end
  end
  local value = c.bytes:sub(from / 8 + 1, c.at / 8)
  local item = add(c, tree, keyed.unknown_field, from, c.at, value)
  if outer then leave(c, tree, outer) end
  return value, item
end

local function one_value(c, tree, keyed, field, key)
  if key.form and OF_FORM[field.form] ~= OF_FORM[key.form] then
    fail("another wire type than that of `" .. field.name .. "`: " .. key.form)
  end
  local outer = enter_value(c, tree, keyed, key, field.form)
  local value, item = content(c, tree, ALONE, field.form, field.read, field.read)
  if outer then leave(c, tree, outer) end
  return value, item
end

local function repeated_value(c, tree, keyed, field, key, list)
  if not (key.form == "bytes" and field.form ~= "bytes") then
    local value, item = one_value(c, tree, keyed, field, key)
    numbered(item, list.count)
    return new_item(list, value)
  end
  local outer = enter_value(c, tree, keyed, key, "bytes")
  while c.at < c.stop do
    local value, item = content(c, tree, ALONE, field.form, field.read, field.read)
    numbered(item, list.count)
    new_item(list, value)
  end
  leave(c, tree, outer)
end

-- What a field has that did not come.
local function missing(c, tree, field)
  if field.occurs == "repeated" then return { count = 0 } end
  if field.occurs == "implicit" then return field.default end
  if field.occurs == "required" then complain(c, tree, "`" .. field.name .. "` is missing") end
  return NULL
end

-- Fields are `{ name, key, form, occurs, reader, default = }`.
function read.keyed(keyed)
  local by_key = {}
  for index, entry in ipairs(keyed) do
    by_key[int.show(entry[2])] = {
      name = entry[1], form = entry[3], occurs = entry[4], read = entry[5],
      default = entry.default, place = index,
    }
  end
  return function(c, tree)
    local values, coming, place = {}, {}, 0
    deeper(c)
    if keyed.count then coming.pairs = natural((number(c, tree, keyed.count_field, keyed.count))) end
    while true do
      local key = next_key(c, tree, keyed, coming)
      if not key then break end
      local field = by_key[int.show(key.number)]
      if not field then
        unknown_value(c, tree, keyed, key)
      else
        note(key.shown, ": " .. field.name)
        if keyed.in_order and field.place < place then
          complain(c, key.shown or tree, "is out of order")
        end
        place = field.place
        if field.occurs == "repeated" then
          values[field.name] = values[field.name] or { count = 0 }
          repeated_value(c, tree, keyed, field, key, values[field.name])
        else
          if values[field.name] ~= nil and (field.form == "plain" or not keyed.protobuf) then
            complain(c, key.shown or tree, "is there twice")
          end
          values[field.name] = (one_value(c, tree, keyed, field, key))
        end
      end
    end
    for _, entry in ipairs(keyed) do
      local field = by_key[int.show(entry[2])]
      if values[field.name] == nil then values[field.name] = missing(c, tree, field) end
    end
    c.depth = c.depth - 1
    return { values = values }
  end
end

-- One field of a protobuf message, of which nothing else is there.
function read.protobuf_field(number_of_field, form, fields_of, reader)
  local keyed = { protobuf = true, key_field = fields_of.key, size_field = fields_of.size }
  return function(c, tree, scope)
    if c.at >= c.stop then need(c, 8) end
    local key = next_key(c, tree, keyed, {})
    if key.number ~= number_of_field then
      fail(string.format("field %s, where field %d is due", show(key.number), number_of_field))
    end
    if OF_FORM[form] ~= OF_FORM[key.form] then fail("another wire type: " .. key.form) end
    local outer = enter_value(c, tree, keyed, key, form)
    local value, item = content(c, tree, ALONE, form, reader, reader)
    if outer then leave(c, tree, outer) end
    return value, item
  end
end
