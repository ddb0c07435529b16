// SPDX-License-Identifier: BSL-1.0
#include "type.hpp"

#include <crowdrules/core/contract.hpp>

namespace crowdrules::detail {

Int128 whole_of(const Type& type, const void* at) {
    const bool has_sign = type.kind == Kind::whole && static_cast<const WholeType&>(type).has_sign;
    switch (type.size) {
        case 1:
            return has_sign ? Int128{as<std::int8_t>(at)} : Int128{as<std::uint8_t>(at)};
        case 2:
            return has_sign ? Int128{as<std::int16_t>(at)} : Int128{as<std::uint16_t>(at)};
        case 4:
            return has_sign ? Int128{as<std::int32_t>(at)} : Int128{as<std::uint32_t>(at)};
        case 8:
            return has_sign ? Int128{as<std::int64_t>(at)} : Int128{as<std::uint64_t>(at)};
        default:
            return as<Int128>(at);
    }
}

void set_whole(const Type& type, void* at, Int128 number) {
    switch (type.size) {
        case 1:
            as<std::uint8_t>(at) = static_cast<std::uint8_t>(number);
            return;
        case 2:
            as<std::uint16_t>(at) = static_cast<std::uint16_t>(number);
            return;
        case 4:
            as<std::uint32_t>(at) = static_cast<std::uint32_t>(number);
            return;
        case 8:
            as<std::uint64_t>(at) = static_cast<std::uint64_t>(number);
            return;
        default:
            as<Int128>(at) = number;
    }
}

Int128 greatest_of(const WholeType& type) {
    if (type.size == sizeof(Int128)) return ~(Int128{1} << 127);
    return (Int128{1} << (8 * type.size - (type.has_sign ? 1 : 0))) - 1;
}

Int128 least_of(const WholeType& type) {
    return type.has_sign ? -greatest_of(type) - 1 : Int128{0};
}

bool is_empty(Value value) {
    const Type& type = value.type;
    switch (type.kind) {
        case Kind::flag:
            return !as<bool>(value.at);
        case Kind::whole:
        case Kind::enumeration:
            return whole_of(type, value.at) == 0;
        case Kind::text:
            return as<std::string>(value.at).empty();
        case Kind::instant:
            return as<Instant>(value.at) == Instant{};
        case Kind::elapsed:
            return as<Elapsed>(value.at) == Elapsed{};
        case Kind::date:
            return as<Date>(value.at) == Date{};
        case Kind::decimal:
            return as<Decimal>(value.at) == Decimal{};
        case Kind::id:
            return as<std::uint64_t>(value.at) == 0;
        case Kind::optional:
            return static_cast<const OptionalType&>(type).get(value.at) == nullptr;
        case Kind::list:
            return static_cast<const ListType&>(type).count(value.at) == 0;
        case Kind::set:
            return static_cast<const SetType&>(type).count(value.at) == 0;
        case Kind::table:
            return static_cast<const TableType&>(type).count(value.at) == 0;
        case Kind::dated: {
            const auto& dated = static_cast<const DatedType&>(type);
            return list_type(dated.rows).count(dated.get(value.at)) == 0;
        }
        case Kind::shared:
            return static_cast<const SharedType&>(type).get(value.at) == nullptr;
        case Kind::money:
        case Kind::currency:
        case Kind::record:
        case Kind::one_of:
        case Kind::other:
            break;
    }
    return false;
}

}  // namespace crowdrules::detail
