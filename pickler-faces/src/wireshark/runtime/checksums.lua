-- Checksums, by their names in declarations. Of those that are missing it is
-- said that they were not verified.
local checksums = {}

function checksums.internet(bytes)
  local sum = 0
  for index = 1, #bytes, 2 do
    sum = sum + bytes:byte(index) * 256 + (bytes:byte(index + 1) or 0)
  end
  while sum > 0xFFFF do sum = math.floor(sum / 65536) + sum % 65536 end
  return 0xFFFF - sum
end

local function two_sums(bytes, low, modulus)
  local high = 0
  for index = 1, #bytes do
    low = (low + bytes:byte(index)) % modulus
    high = (high + low) % modulus
  end
  return low, high
end

function checksums.adler32(bytes)
  local low, high = two_sums(bytes, 1, 65521)
  return high * 65536 + low
end

function checksums.fletcher16(bytes)
  local low, high = two_sums(bytes, 0, 255)
  return high * 256 + low
end

function checksums.xor8(bytes)
  local sum = 0
  for index = 1, #bytes do sum = bitwise.bxor(sum, bytes:byte(index)) end
  return sum
end

function checksums.sum8(bytes)
  local sum = 0
  for index = 1, #bytes do sum = sum + bytes:byte(index) end
  return sum % 256
end

-- A CRC of at most 32 bits, bit by bit: what Ross Williams calls the model.
local function crc(width, polynomial, start, reflected, final)
  local top, all = 2 ^ (width - 1), 2 ^ width
  local function xor(a, b) return bitwise.bxor(a, b) % 2 ^ 32 end
  local function reflect(value, bits)
    local other = 0
    for _ = 1, bits do
      other = other * 2 + value % 2
      value = math.floor(value / 2)
    end
    return other
  end
  return function(bytes)
    local sum = start
    for index = 1, #bytes do
      local byte = bytes:byte(index)
      if reflected then byte = reflect(byte, 8) end
      sum = xor(sum, byte * 2 ^ (width - 8))
      for _ = 1, 8 do
        local high = sum >= top
        sum = sum * 2 % all
        if high then sum = xor(sum, polynomial) end
      end
    end
    if reflected then sum = reflect(sum, width) end
    return xor(sum, final)
  end
end

checksums.crc8 = crc(8, 0x07, 0, false, 0)
checksums.crc16_arc = crc(16, 0x8005, 0, true, 0)
checksums.crc16_modbus = crc(16, 0x8005, 0xFFFF, true, 0)
checksums.crc16_xmodem = crc(16, 0x1021, 0, false, 0)
checksums.crc16_kermit = crc(16, 0x1021, 0, true, 0)
checksums.crc16_x25 = crc(16, 0x1021, 0xFFFF, true, 0xFFFF)
checksums.crc16_ccitt_false = crc(16, 0x1021, 0xFFFF, false, 0)
checksums.crc24 = crc(24, 0x864CFB, 0xB704CE, false, 0)
checksums.crc32 = crc(32, 0x04C11DB7, 0xFFFFFFFF, true, 0xFFFFFFFF)
checksums.crc32c = crc(32, 0x1EDC6F41, 0xFFFFFFFF, true, 0xFFFFFFFF)
checksums.crc32_bzip2 = crc(32, 0x04C11DB7, 0xFFFFFFFF, false, 0xFFFFFFFF)
checksums.crc32_mpeg2 = crc(32, 0x04C11DB7, 0xFFFFFFFF, false, 0)
