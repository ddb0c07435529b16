// SPDX-License-Identifier: BSL-1.0
#include "documentation.hpp"

#include <algorithm>
#include <cstdlib>
#include <cxxabi.h>
#include <memory>
#include <schema/range.hpp>

namespace crowdrules::detail {
namespace {

struct Row {
    std::string_view about, text;
};

/// Sorted by what they are about: a struct, a field of one, or all fields of a name.
constexpr Row rows[] = {
#include <protocol/documentation.inc>
};

std::string_view text_about(std::string_view name) {
    const Row* const row = std::lower_bound(std::begin(rows), std::end(rows), name,
                                            [](const Row& one, std::string_view wanted) { return one.about < wanted; });
    return row != std::end(rows) && row->about == name ? row->text : std::string_view{};
}

/// "crowdrules::FeeBand"
std::string name_of(const std::type_info& type) {
    const std::unique_ptr<char, decltype(&std::free)> name(abi::__cxa_demangle(type.name(), nullptr, nullptr, nullptr),
                                                           &std::free);
    return name ? name.get() : "";
}

/// What a template is made for stands first among its arguments: "crowdrules::Reward".
std::string_view made_for(std::string_view name) {
    const std::size_t end = std::min(name.find_first_of(",>"), name.size());
    const std::size_t open = name.rfind('<', end);
    return open == name.npos ? name : name.substr(open + 1, end - open - 1);
}

/// Files write amounts as text; what headers say of minor units is about C++ and Python.
std::string without_minor_units(std::string text) {
    for (const std::string_view words : {", in minor units", "in minor units; ", "in minor units", "minor units; ",
                                         "minor units, ", ", minor units"})
        if (const std::size_t at = text.find(words); at != text.npos) text.erase(at, words.size());
    return text;
}

/// What a list or an optional value is made of, down to what is no such thing.
const Type& innermost(const Type& type) {
    switch (type.kind) {
        case Kind::optional:
            return innermost(static_cast<const OptionalType&>(type).item());
        case Kind::list:
            return innermost(static_cast<const ListType&>(type).item());
        case Kind::set:
            return innermost(static_cast<const SetType&>(type).items());
        case Kind::table:
            return innermost(static_cast<const TableType&>(type).item());
        case Kind::shared:
            return innermost(static_cast<const SharedType&>(type).item());
        default:
            return type;
    }
}

std::string_view unit_of(const Field& field, const Type& type, std::string_view amount_unit) {
    if (field.role == Role::amount) return amount_unit;
    if (field.role == Role::measured) return "in the measure: an amount, or a count";
    if (field.role == Role::digest) return "16 hexadecimal digits";
    switch (innermost(type).kind) {
        case Kind::whole:
            return "a whole number";
        case Kind::instant:
            return "a point in time, UTC";
        case Kind::elapsed:
            return "a length of time";
        case Kind::date:
            return "a day of the calendar";
        case Kind::decimal:
            return field.range.greatest == 1 ? "a share: \"5%\" or \"0.05\"" : "an exact number: \"1.5\" or \"150%\"";
        case Kind::money:
            return "an amount of money";
        default:
            return "";
    }
}

/// The range, whatever the currency.
std::string accepted_of(const Field& field, const Type& type) {
    if (field.role != Role::amount) return accepted_text(field, type, USD);
    return field.range.least > 0 ? "above zero" : "not negative";
}

}  // namespace

std::string_view documentation_of(const std::type_info& type) {
    return text_about(made_for(name_of(type)));
}

std::string_view meaning_of(const Field& field, const Type& type) {
    const std::string name(field.name);
    if (field.record != nullptr) {
        const std::string record = name_of(*field.record) + "::";
        // A word of C++ cannot be the name of a field there.
        for (const std::string& own : {record + name, record + "of_" + name})
            if (const std::string_view text = text_about(own); !text.empty()) return text;
    }
    if (const std::string_view text = text_about(name); !text.empty()) return text;
    return documentation_of(*innermost(type).cpp);
}

std::string documentation_of(const Field& field, const Type& type, std::string_view amount_unit) {
    std::string text(meaning_of(field, type));
    if (field.role == Role::amount) text = without_minor_units(std::move(text));
    const auto add = [&](std::string_view more, std::string_view before) {
        if (!more.empty()) (text += text.empty() ? "" : before) += more;
    };
    add(unit_of(field, type, amount_unit), "; ");
    if (field.range.least != any_number.least) add(accepted_of(field, type), ", ");
    return text;
}

}  // namespace crowdrules::detail
