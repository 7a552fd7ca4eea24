-- What is shown.

local fields, known_fields = {}, {}

-- A field of one of Wireshark's types; `names` are those of values.
local function field(kind, abbrev, label, doc, names)
  abbrev = proto_name .. abbrev:sub(#declared_name + 1)
  if known_fields[abbrev] then return known_fields[abbrev] end
  local made_field
  if kind == "bytes" then
    made_field = ProtoField.bytes(abbrev, label, base.SPACE, doc)
  elseif kind == "string" then
    made_field = ProtoField.string(abbrev, label, base.UNICODE, doc)
  elseif kind == "bool" then
    made_field = ProtoField.bool(abbrev, label, base.NONE, nil, nil, doc)
  elseif kind == "double" then
    made_field = ProtoField.double(abbrev, label, doc)
  elseif kind == "none" or kind == "ipv4" or kind == "ipv6" or kind == "guid" then
    made_field = ProtoField[kind](abbrev, label, doc)
  else
    made_field = ProtoField[kind](abbrev, label, base.DEC, names, nil, doc)
  end
  fields[#fields + 1] = made_field
  known_fields[abbrev] = { proto = made_field, kind = kind }
  return known_fields[abbrev]
end

-- A cursor over bytes that stand nowhere in what was captured.
local function apart(c, bytes, name)
  local hex = bytes:gsub(".", function(byte) return string.format("%02x", byte:byte()) end)
  -- Wireshark has no empty buffers.
  local tvb = #bytes > 0 and not c.quiet and ByteArray.new(hex):tvb(name) or c.tvb
  return {
    bytes = bytes, tvb = tvb, at = 0, stop = #bytes * 8, origin = 0, piece = 0,
    furthest = 0,
    little = c.little, lsb = c.lsb, quiet = c.quiet or #bytes == 0, strict = c.strict,
    depth = c.depth, tables = {}, pinfo = c.pinfo, frame = #bytes * 8,
  }
end

-- The bits of a field among those of the bytes that it is in.
local function pattern(c, from, to)
  local first = math.floor(from / 8)
  local shown = {}
  for index = first, math.ceil(to / 8) - 1 do
    local byte, bits = c.bytes:byte(index + 1), {}
    for place = 7, 0, -1 do
      local at = index * 8 + (c.lsb and place or 7 - place)
      local bit = math.floor(byte / 2 ^ place) % 2 == 1 and "1" or "0"
      bits[#bits + 1] = at >= from and at < to and bit or "."
      if place == 4 then bits[#bits + 1] = " " end
    end
    shown[#shown + 1] = table.concat(bits)
  end
  return table.concat(shown, " ") .. " = "
end

local function add(c, tree, f, from, to, value)
  if c.quiet then return nil end
  local range, kind, item = extent(c, from, to), f.kind, nil
  if kind == "none" then
    item = tree:add(f.proto, range)
  elseif kind == "uint64" then
    item = tree:add(f.proto, range, UInt64.new(int.halves(value)))
  elseif kind == "int64" then
    item = tree:add(f.proto, range, Int64.new(int.halves(value)))
  elseif kind == "bytes" or kind == "ipv4" or kind == "ipv6" or kind == "guid" then
    if from % 8 ~= 0 and #value > 0 then range = apart(c, value, "Bytes").tvb:range() end
    item = tree:add(f.proto, range)
  elseif kind == "string" then
    -- Wireshark's texts end at a NUL.
    local text = type(value) == "string" and value:gsub("%z", "\\0") or int.show(value)
    item = tree:add(f.proto, range, text)
  else
    item = tree:add(f.proto, range, value)
  end
  if (from % 8 ~= 0 or to % 8 ~= 0) and kind ~= "none" and to > from and to - from <= 64 then
    item:prepend_text(pattern(c, from, to))
  end
  return item
end

local function note(item, text)
  if item then item:append_text(text) end
end

-- What takes up a subtree of its own.
local function subtree(f, read)
  return function(c, tree, scope)
    local from = c.at
    local item = add(c, tree, f, from, from)
    local value = read(c, item, scope)
    if item and c.at > from then
      item:set_len(math.ceil(c.at / 8) - math.floor(from / 8))
    end
    return value, item
  end
end

-- A scope that sees what another sees, and more.
local function inner(scope, more)
  return setmetatable(more, { __index = scope })
end

local ALONE = { values = {}, parameters = {} }

local function same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  if a == NULL or b == NULL then return a == b end
  for key, value in pairs(a) do
    if not same(value, b[key]) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

local function show(value)
  if value == NULL then return "nothing" end
  if type(value) == "string" then return string.format("%q", value) end
  if type(value) == "number" or (type(value) == "table" and value.negative ~= nil) then
    return value ~= value and "NaN" or value % 1 ~= 0 and tostring(value) or int.show(value)
  end
  return type(value) == "table" and "other values" or tostring(value)
end
