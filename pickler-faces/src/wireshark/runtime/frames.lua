-- Messages, cut out of segments and datagrams.

-- Where the message at the start of `c` ends, or how many bytes of it are
-- missing; nothing is shown.
local function measure(c)
  c.quiet = true
  local fine, fault = pcall(root, c, nil, ALONE)
  if fine then return math.ceil(math.max(c.at, c.furthest) / 8) end
  -- What is wrong within Lua is to be seen.
  if type(fault) ~= "table" then error(fault, 0) end
  if fault.missing then return nil, fault.missing end
  -- A message at fault is known to end where its length says.
  return (c.frame or c.stop) / 8
end

local function dissect_message(tvb, pinfo, tree, from, open)
  local ahead = new_cursor(tvb, from, open)
  local to, missing = measure(ahead)
  if missing then return nil, missing end
  if to == from then to = tvb:len() end
  local c = new_cursor(tvb, from, false)
  c.stop, c.pinfo = to * 8, pinfo
  local item = tree:add(proto, tvb:range(from, to - from))
  local fine, fault = pcall(root, c, item, ALONE)
  if not fine then
    if type(fault) ~= "table" then error(fault, 0) end
    item:add_proto_expert_info(experts.malformed, fault.text or "is cut off")
  end
  local name = c.message or message_name
  item:append_text(", " .. name)
  return to, nil, name
end

-- What each end sends before its first message. In which frame it was seen, by
-- the stream and its direction.
local greeted = {}
local stream_of = Field.new("tcp.stream")

-- Where the messages begin; `nil` and how many bytes are missing if the
-- handshake is cut off.
local function skip_handshake(tvb, pinfo, tree)
  local stream = stream_of()
  if not (handshake.client and stream) then return 0 end
  local key = tostring(stream) .. ":" .. pinfo.src_port .. ":" .. tostring(pinfo.src)
  if greeted[key] and greeted[key] ~= pinfo.number then return 0 end
  local bytes = tvb:raw(0, tvb:len())
  local expected
  for _, sender in ipairs({ "client", "server" }) do
    local sent = handshake[sender]
    local known = { client = pinfo.dst_port, server = pinfo.src_port }
    local other = { client = pinfo.src_port, server = pinfo.dst_port }
    local wrong_way = other[sender] == proto.prefs.port and known[sender] ~= proto.prefs.port
    if not wrong_way and bytes:sub(1, #sent) == sent:sub(1, #bytes) then
      expected = expected or sent
    end
  end
  if expected and #bytes < #expected then return nil, #expected - #bytes end
  greeted[key] = pinfo.number
  if not expected or #expected == 0 then return 0 end
  local item = tree:add(proto, tvb:range(0, #expected))
  item:append_text(", handshake")
  item:add(handshake.field.proto, tvb:range(0, #expected))
  return #expected, nil, "handshake"
end

local function dissect(tvb, pinfo, tree, is_stream)
  pinfo.cols.protocol = proto.name
  pinfo.cols.info = ""
  local length, names = tvb:len(), {}
  -- What was not captured cannot come later.
  local open = is_stream and pinfo.can_desegment > 0 and tvb:reported_len() == length
  local at, missing, name = 0, nil, nil
  if is_stream then
    at, missing, name = skip_handshake(tvb, pinfo, tree)
    names[1] = name
  end
  while at and at < length do
    local from = at
    at, missing, name = dissect_message(tvb, pinfo, tree, from, open)
    names[#names + 1] = name
    if missing then pinfo.desegment_offset = from end
  end
  if missing then
    pinfo.desegment_offset = pinfo.desegment_offset or 0
    pinfo.desegment_len = missing
  end
  pinfo.cols.info:set(table.concat(names, ", "))
  return length
end

function proto.dissector(tvb, pinfo, tree)
  return dissect(tvb, pinfo, tree, true)
end

local over_udp = Proto(proto_name .. "_udp", proto.description .. " over UDP")
function over_udp.dissector(tvb, pinfo, tree)
  return dissect(tvb, pinfo, tree, false)
end

proto.fields = fields
proto.experts = { experts.malformed, experts.wrong }
proto.prefs.port = Pref.uint("Port", proto_port, "The port of TCP and UDP; 0 for none")

local registered = 0
local function register()
  local tcp, udp = DissectorTable.get("tcp.port"), DissectorTable.get("udp.port")
  if registered > 0 then
    tcp:remove(registered, proto)
    udp:remove(registered, over_udp)
  end
  registered = proto.prefs.port
  if registered > 0 then
    tcp:add(registered, proto)
    udp:add(registered, over_udp)
  else
    tcp:add_for_decode_as(proto)
    udp:add_for_decode_as(over_udp)
  end
end

function proto.init()
  greeted = {}
end

function proto.prefs_changed()
  register()
end

register()
