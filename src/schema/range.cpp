// SPDX-License-Identifier: BSL-1.0
#include "range.hpp"

namespace crowdrules::detail {
namespace {

const Type& without_optional(const Type& type) {
    return type.kind == Kind::optional ? static_cast<const OptionalType&>(type).item() : type;
}

/// A bound, or a number in the unit of the field.
std::string number_text(const Field& field, const Type& type, const Decimal& number, Currency currency) {
    if (field.role == Role::amount)
        return to_text(Money(static_cast<std::int64_t>(number.coefficient()), currency));
    if (type.kind == Kind::elapsed) return to_text(Elapsed(static_cast<std::int64_t>(number.coefficient())));
    if (type.kind == Kind::decimal && field.range.greatest == part_of_all.greatest) return to_percent(number);
    return to_text(number);
}

Decimal number_of(Value value) {
    switch (value.type.kind) {
        case Kind::whole:
            return Decimal::of(whole_of(value.type, value.at), 0);
        case Kind::elapsed:
            return Decimal(as<Elapsed>(value.at).count());
        case Kind::decimal:
            return as<Decimal>(value.at);
        default:
            return {};
    }
}

Value content_of(Value value) {
    if (value.type.kind != Kind::optional) return value;
    const auto& optional = static_cast<const OptionalType&>(value.type);
    return {optional.item(), optional.get(value.at)};
}

/// Where a value belongs. Only written out when something is wrong.
struct Place {
    const Place* above = nullptr;
    std::string_view name{};
    std::size_t index = 0;  ///< from 1, of an item of a list

    [[nodiscard]] std::string text() const {
        if (above == nullptr) return {};
        const std::string before = above->text();
        if (index > 0) return before + "[" + std::to_string(index) + "]";
        return before + (before.empty() ? "" : ".") + std::string(name);
    }
};

class Walk : public Fields {
  public:
    Walk(const Place& place, Currency currency, std::vector<OutOfRange>& found)
        : place_(place), currency_(currency), found_(found) {}

    void go(Value around) {
        const Value value = content_of(around);
        if (value.at == nullptr) return;
        switch (value.type.kind) {
            case Kind::list: {
                const auto& list = static_cast<const ListType&>(value.type);
                for (std::size_t i = 0; i < list.count(value.at); ++i)
                    go_to({&place_, {}, i + 1}, {list.item(), list.item_at(value.at, i)});
                return;
            }
            case Kind::dated: {
                const auto& dated = static_cast<const DatedType&>(value.type);
                return go({dated.rows(), dated.get(value.at)});
            }
            case Kind::table: {
                struct Context {
                    Walk& walk;
                    const TableType& table;
                } context{*this, static_cast<const TableType&>(value.type)};
                return context.table.each(value.at, &context, [](void* to, const std::string& name, void* item) {
                    const Context& of = *static_cast<Context*>(to);
                    of.walk.go_to({&of.walk.place_, name}, {of.table.item(), item});
                });
            }
            case Kind::shared: {
                const auto& shared = static_cast<const SharedType&>(value.type);
                return go({shared.item(), shared.get(value.at)});
            }
            case Kind::one_of: {
                const auto& choice = static_cast<const OneOfType&>(value.type);
                return go({choice.alternatives[choice.index(value.at)].type(), choice.get(value.at)});
            }
            case Kind::record:
                return go_over(value);
            default:
                return;
        }
    }

  private:
    void go_to(const Place& place, Value value) { Walk(place, currency_, found_).go(value); }

    void on_field(const Field& field, Value value) override {
        if (field.role == Role::counted_in) return;
        if (field.role == Role::beside) return go(value);
        const Place place{&place_, field.name};
        go_to(place, value);
        if (is_within(field.range, value)) return;
        const Value number = content_of(value);
        found_.push_back({place.text(), "it is " + number_text(field, number.type, number_of(number), currency_),
                          accepted_text(field, number.type, currency_)});
    }

    const Place& place_;
    Currency currency_;
    std::vector<OutOfRange>& found_;
};

}  // namespace

bool is_within(const Range& range, Value value) {
    if (range.least == any_number.least && range.greatest == any_number.greatest) return true;
    const Value content = content_of(value);
    if (content.at == nullptr) return true;
    const auto has = [&](const auto& number) { return number >= range.least && number <= range.greatest; };
    switch (content.type.kind) {
        case Kind::whole:
            return has(whole_of(content.type, content.at));
        case Kind::elapsed:
            return has(as<Elapsed>(content.at).count());
        default:
            return has(number_of(content));
    }
}

std::string accepted_text(const Field& field, const Type& type, Currency currency) {
    const auto text = [&](std::int64_t bound) {
        return number_text(field, without_optional(type), Decimal(bound), currency);
    };
    if (field.range.greatest == any_number.greatest) return "at least " + text(field.range.least);
    return text(field.range.least) + " to " + text(field.range.greatest);
}

std::vector<OutOfRange> out_of_range(Value record, Currency currency) {
    std::vector<OutOfRange> found;
    const Place top;
    Walk(top, currency, found).go(record);
    return found;
}

}  // namespace crowdrules::detail
