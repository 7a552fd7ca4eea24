-- Exact integers of up to 128 bits and a sign. Below 2^53 they are Lua numbers,
-- which Lua 5.2 has no others of; from there on tables of 24-bit limbs, the
-- least significant first.
local int = {}

local LIMB = 2 ^ 24
local EXACT = 2 ^ 53
local bitwise = bit32 or bit

local function limbs_of(value)
  if type(value) == "table" then return value, value.negative end
  local negative = value < 0
  local left, limbs = math.abs(value) + 0.0, {}
  while left > 0 do
    limbs[#limbs + 1] = left % LIMB
    left = math.floor(left / LIMB)
  end
  return limbs, negative
end

local function made(limbs, negative)
  local count = #limbs
  while count > 0 and limbs[count] == 0 do
    limbs[count] = nil
    count = count - 1
  end
  if count < 3 or (count == 3 and limbs[3] < 32) then
    local value = (limbs[1] or 0) + (limbs[2] or 0) * LIMB + (limbs[3] or 0) * LIMB * LIMB
    return negative and value > 0 and -value or value
  end
  limbs.negative = negative or false
  return limbs
end

local function compare_limbs(a, b)
  if #a ~= #b then return #a < #b and -1 or 1 end
  for index = #a, 1, -1 do
    if a[index] ~= b[index] then return a[index] < b[index] and -1 or 1 end
  end
  return 0
end

local function add_limbs(a, b)
  local sum, carry = {}, 0
  for index = 1, math.max(#a, #b) do
    local limb = (a[index] or 0) + (b[index] or 0) + carry
    carry = limb >= LIMB and 1 or 0
    sum[index] = limb - carry * LIMB
  end
  if carry > 0 then sum[#sum + 1] = carry end
  return sum
end

-- `a` is not less than `b`.
local function subtract_limbs(a, b)
  local difference, borrow = {}, 0
  for index = 1, #a do
    local limb = a[index] - (b[index] or 0) - borrow
    borrow = limb < 0 and 1 or 0
    difference[index] = limb + borrow * LIMB
  end
  -- Leading zeros would be seen as digits.
  while #difference > 0 and difference[#difference] == 0 do
    difference[#difference] = nil
  end
  return difference
end

function int.negate(value)
  if type(value) == "number" then return value == 0 and 0 or -value end
  local limbs = {}
  for index, limb in ipairs(value) do limbs[index] = limb end
  return made(limbs, not value.negative)
end

function int.add(a, b)
  if type(a) == "number" and type(b) == "number" then
    local sum = (a + 0.0) + b
    if math.abs(sum) < EXACT then return sum end
  end
  local left, left_negative = limbs_of(a)
  local right, right_negative = limbs_of(b)
  if left_negative == right_negative then
    return made(add_limbs(left, right), left_negative)
  end
  if compare_limbs(left, right) >= 0 then
    return made(subtract_limbs(left, right), left_negative)
  end
  return made(subtract_limbs(right, left), right_negative)
end

function int.subtract(a, b)
  return int.add(a, int.negate(b))
end

function int.multiply(a, b)
  if type(a) == "number" and type(b) == "number" then
    local product = (a + 0.0) * b
    if math.abs(product) < EXACT then return product == 0 and 0 or product end
  end
  local left, left_negative = limbs_of(a)
  local right, right_negative = limbs_of(b)
  local product = {}
  for index = 1, #left + #right do product[index] = 0 end
  for i = 1, #left do
    local carry = 0
    for j = 1, #right do
      local limb = product[i + j - 1] + left[i] * right[j] + carry
      carry = math.floor(limb / LIMB)
      product[i + j - 1] = limb - carry * LIMB
    end
    product[i + #right] = product[i + #right] + carry
  end
  return made(product, left_negative ~= right_negative)
end

function int.compare(a, b)
  if type(a) == "number" and type(b) == "number" then
    return a < b and -1 or a > b and 1 or 0
  end
  local left, left_negative = limbs_of(a)
  local right, right_negative = limbs_of(b)
  if left_negative ~= right_negative then return left_negative and -1 or 1 end
  local order = compare_limbs(left, right)
  return left_negative and -order or order
end

-- Quotient, rounded towards zero, and remainder, with the sign of `a`.
function int.divide(a, b)
  if b == 0 then return nil, nil end
  if type(a) == "number" and type(b) == "number" then
    local remainder = math.fmod(a, b)
    -- Without the sign of 0.
    return (a - remainder) / b + 0, remainder + 0
  end
  local left, left_negative = limbs_of(a)
  local right, right_negative = limbs_of(b)
  local quotient, rest = {}, {}
  for index = #left, 1, -1 do
    local digit = 0
    for place = 23, 0, -1 do
      rest = add_limbs(rest, rest)
      if math.floor(left[index] / 2 ^ place) % 2 == 1 then rest = add_limbs(rest, { 1 }) end
      if compare_limbs(rest, right) >= 0 then
        rest = subtract_limbs(rest, right)
        digit = digit + 2 ^ place
      end
    end
    quotient[index] = digit
  end
  return made(quotient, left_negative ~= right_negative), made(rest, left_negative)
end

function int.power_of_two(exponent)
  if exponent < 53 then return 2 ^ exponent end
  local limbs = {}
  for index = 1, math.floor(exponent / 24) do limbs[index] = 0 end
  limbs[#limbs + 1] = 2 ^ (exponent % 24)
  return made(limbs, false)
end

function int.fits(value, bits, signed)
  local low = signed and int.negate(int.power_of_two(bits - 1)) or 0
  local limit = int.power_of_two(signed and bits - 1 or bits)
  return int.compare(value, low) >= 0 and int.compare(value, limit) < 0
end

-- What expressions can hold; `nil` past it.
function int.checked(value)
  if value == nil or type(value) == "number" or int.fits(value, 128, true) then return value end
  return nil
end

-- Rounded towards the least.
function int.shift_right(value, count)
  local divisor = int.power_of_two(count)
  if int.compare(value, 0) >= 0 then return (int.divide(value, divisor)) end
  local quotient = int.divide(int.subtract(int.negate(value), 1), divisor)
  return int.subtract(int.negate(quotient), 1)
end

-- Two's complement of 144 bits, of which 128 count.
local function complement(value)
  if int.compare(value, 0) < 0 then value = int.add(value, int.power_of_two(144)) end
  local limbs, all = limbs_of(value), {}
  for index = 1, 6 do all[index] = limbs[index] or 0 end
  return all
end

function int.bitwise(name, a, b)
  local left, right, result = complement(a), complement(b), {}
  for index = 1, 6 do result[index] = bitwise[name](left[index], right[index]) end
  local negative = result[6] >= LIMB / 2
  local value = made(result, false)
  return negative and int.subtract(value, int.power_of_two(144)) or value
end

-- The number that bits of a width are.
function int.signed(value, bits)
  if int.compare(value, int.power_of_two(bits - 1)) < 0 then return value end
  return int.subtract(value, int.power_of_two(bits))
end

-- The bits of a number in a width.
function int.unsigned(value, bits)
  return int.compare(value, 0) < 0 and int.add(value, int.power_of_two(bits)) or value
end

function int.show(value)
  if type(value) == "number" then return string.format("%.0f", value) end
  local left, digits = value.negative and int.negate(value) or value, ""
  while type(left) == "table" do
    local rest
    left, rest = int.divide(left, 1e7)
    digits = string.format("%07.0f", rest) .. digits
  end
  return (value.negative and "-" or "") .. string.format("%.0f", left) .. digits
end

-- A literal past 2^53.
function int.parse(digits)
  local negative, value = digits:sub(1, 1) == "-", 0
  for digit in digits:gmatch("%d") do
    value = int.add(int.multiply(value, 10), tonumber(digit))
  end
  return negative and int.negate(value) or value
end

-- The low and the high 32 bits.
function int.halves(value)
  local bits = int.unsigned(value, 64)
  local high, low = int.divide(bits, 2 ^ 32)
  return low, high
end
