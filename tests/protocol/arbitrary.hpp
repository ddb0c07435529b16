// SPDX-License-Identifier: BSL-1.0
// Arbitrary: fills described values with anything they can hold, from a seed.
#pragma once

#include <algorithm>
#include <array>
#include <campaign/schema/command.hpp>
#include <campaign/schema/event.hpp>
#include <random>
#include <schema/range.hpp>

namespace crowdrules::detail {

class Arbitrary : public Fields {
  public:
    explicit Arbitrary(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  private:
    void on_field(const Field& field, Value value) override {
        if (field.role == Role::counted_in) return;
        if (field.role == Role::digest) {
            as<std::uint64_t>(value.at) = below(2) * random_();
        } else if (field.role == Role::currency) {
            const std::array<Currency, 5> some{USD, JPY, Currency::iso("KWD").value(),
                                               Currency::own("POINTS", 0).value(), Currency::own("GRAIN", 18).value()};
            currency_ = as<Currency>(value.at) = some[below(some.size())];
        } else if (field.role == Role::beside) {
            const auto& type = static_cast<const OneOfType&>(value.type);
            const auto& alternative = type.alternatives[below(type.alternatives.size())];
            go_over({alternative.type(), alternative.emplace(value.at, USD)});
        } else {
            fill(value);
            if (!is_within(field.range, value)) bring_within(field.range, value);
        }
    }
    void bring_within(const Range& range, Value value) {
        if (value.type.kind == Kind::optional) {
            const auto& optional = static_cast<const OptionalType&>(value.type);
            return bring_within(range, {optional.item(), optional.get(value.at)});
        }
        if (value.type.kind == Kind::decimal)
            as<Decimal>(value.at) = Decimal::of(static_cast<Int128>(below(10'001)), 4);
        else if (value.type.kind == Kind::elapsed)
            as<Elapsed>(value.at) = Elapsed(range.least);
        else
            set_whole(value.type, value.at,
                      range.least + static_cast<Int128>(below(2 + (range.greatest > 1000 ? 50 : 0))));
    }

    /// Small and extreme numbers, negative ones too.
    std::uint64_t any_number() { return below(3) == 0 ? random_() : below(1000); }
    std::string any_text() {
        constexpr std::array<std::string_view, 8> pieces{"a", "Z", " ", "\"", "\\", "\n", "\xC3\xA9", "\xE2\x82\xAC"};
        std::string text;
        for (auto length = below(6); length > 0; --length) text += pieces[below(pieces.size())];
        return text;
    }

    void fill(Value value) {
        const Type& type = value.type;
        switch (type.kind) {
            case Kind::flag:
                as<bool>(value.at) = below(2) == 1;
                return;
            case Kind::whole:
                return set_whole(type, value.at, static_cast<Int128>(any_number()));
            case Kind::text:
                as<std::string>(value.at) = any_text();
                return;
            case Kind::instant:
                as<Instant>(value.at) =
                    below(8) == 0 ? never : Instant(Elapsed(static_cast<std::int64_t>(below(250'000'000'000))));
                return;
            case Kind::elapsed:
                as<Elapsed>(value.at) = Elapsed(static_cast<std::int64_t>(below(3) * below(10'000'000)));
                return;
            case Kind::decimal:
                as<Decimal>(value.at) = Decimal::of(static_cast<std::int64_t>(random_()), 18);
                return;
            case Kind::money:
                as<Money>(value.at) = Money(static_cast<std::int64_t>(random_()), below(2) == 0 ? currency_ : EUR);
                return;
            case Kind::id:
                as<std::uint64_t>(value.at) = below(3) * random_();
                return;
            case Kind::enumeration:
                return set_whole(type, value.at,
                                 static_cast<Int128>(below(static_cast<const EnumerationType&>(type).names.size())));
            case Kind::optional: {
                const auto& optional = static_cast<const OptionalType&>(type);
                optional.reset(value.at);
                if (below(2) == 1) fill({optional.item(), optional.emplace(value.at, USD)});
                return;
            }
            case Kind::list: {
                const auto& list = static_cast<const ListType&>(type);
                list.clear(value.at, 0);
                for (auto count = below(4); count > 0; --count) fill({list.item(), list.add(value.at, USD)});
                return;
            }
            case Kind::table: {
                const auto& table = static_cast<const TableType&>(type);
                for (auto count = below(4); count > 0; --count)
                    fill({table.item(), table.entry(value.at, any_text())});
                return;
            }
            case Kind::shared: {
                const auto& shared = static_cast<const SharedType&>(type);
                return fill({shared.item(), shared.make(value.at)});
            }
            case Kind::record:
                return go_over(value);
            case Kind::date:
                as<Date>(value.at) = std::chrono::sys_days{std::chrono::days{below(2'900'000)}};
                return;
            case Kind::currency:
            case Kind::set:
            case Kind::dated:
            case Kind::one_of:
            case Kind::other:
                break;
        }
        throw std::logic_error("no campaign has a field of this kind");
    }

    std::mt19937_64 random_;
    Currency currency_ = USD;
};

}  // namespace crowdrules::detail
