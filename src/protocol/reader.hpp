// SPDX-License-Identifier: BSL-1.0
// Reader: the visitor that fills described values from nodes.
//
//   Findings findings;  Terms terms;
//   read(node, terms, {terms.currency}, findings);      // terms are good when findings are empty
//
// Every error is collected, with its place, what was expected and what was found. A name that no field has is refused,
// and the nearest name there is suggested. A field that is left out keeps its default, unless it is required.
#pragma once

#include <crowdrules/protocol/node.hpp>
#include <crowdrules/time/dated.hpp>
#include <crowdrules/time/deadline.hpp>

#include "counted_in.hpp"
#include <campaign/describe.hpp>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <typeinfo>
#include <vector>

namespace crowdrules::detail {

/// Where in a document a value belongs: "rewards[2].minimum". Only written out when something is wrong.
struct Path {
    const Path* above = nullptr;
    std::string_view name;
    std::size_t index = 0;  ///< from 1, of an item of a list

    [[nodiscard]] std::string text() const;
};

/// The name among `names` that was probably meant: at most a third of its letters, rounded up, are other ones. Empty
/// when none is near.
[[nodiscard]] std::string_view nearest_name(std::string_view given, const std::vector<std::string_view>& names);

/// What would be accepted instead of a name that is unknown: the nearest one, otherwise all of them.
[[nodiscard]] std::string meant(std::string_view given, const std::vector<std::string_view>& names);

/// How a value is shown in an error.
[[nodiscard]] std::string shown(const Node& node);

/// Where times on a wall are looked up, and whether any was.
struct Zones {
    const ZoneDatabase& database;
    bool used = false;
};

/// Names that stand for ids in texts that people write: "Anna" for a member.
class NameBook {
  public:
    virtual ~NameBook() = default;
    /// The id that `name` stands for among ids of this type, or what is wrong with it.
    [[nodiscard]] virtual Result<std::uint64_t> id_of(const std::type_info& kind, const std::string& name) = 0;
};

/// Reads single values. All read functions return whether the value was good, and add a finding when it was not.
class Reader {
  public:
    /// Without `zones` an instant must be written as one; with them it may be a time on the wall of a place, resolved
    /// here.
    /// With `names` an id may be written as a name.
    Reader(CountedIn counted_in, Findings& findings, Zones* zones = nullptr, NameBook* names = nullptr)
        : counted_in_(counted_in), findings_(findings), zones_(zones), names_(names) {}

    template <class T>
    bool read(const Node& node, T& value, const Path& path);

    bool read_amount(const Node& node, std::int64_t& minor, const Path& path);
    bool read_measured(const Node& node, std::int64_t& count, const Path& path);
    bool read_digest(const Node& node, std::uint64_t& bits, const Path& path);

    /// Adds a finding: `what` is wrong with the value at `node`, `accepted` would be read. Returns false.
    bool refuse(const Node& node, const Path& path, std::string what, std::string accepted);
    bool refuse(FindingKind kind, const TextPosition& where, const Path& path, std::string what, std::string accepted);
    /// The same for a value of the wrong kind.
    bool expected(const Node& node, const Path& path, std::string accepted);

    /// A value to be filled. A Money has no empty value: it begins as an amount of nothing.
    template <class T>
    [[nodiscard]] T blank() const;
    CountedIn& counted_in() noexcept { return counted_in_; }

  private:
    bool get(const Node& node, bool& value, const Path& path);
    bool get(const Node& node, std::string& value, const Path& path);
    bool get(const Node& node, Instant& value, const Path& path);
    bool get(const Node& node, Elapsed& value, const Path& path);
    bool get(const Node& node, Date& value, const Path& path);
    bool get(const Node& node, Decimal& value, const Path& path);
    bool get(const Node& node, Money& value, const Path& path);
    bool get(const Node& node, Currency& value, const Path& path);
    bool get(const Node& node, Node& value, const Path& path);
    bool get(const Node& node, Cadence& value, const Path& path);
    bool get(const Node& node, Rounding& value, const Path& path);
    template <std::integral T>
    bool get(const Node& node, T& value, const Path& path);
    template <class T>
        requires std::is_enum_v<T>
    bool get(const Node& node, T& value, const Path& path);
    template <class Kind>
    bool get(const Node& node, Id<Kind>& value, const Path& path);
    template <class T>
    bool get(const Node& node, std::optional<T>& value, const Path& path);
    template <class T>
    bool get(const Node& node, std::vector<T>& value, const Path& path);
    template <class T>
    bool get(const Node& node, Dated<T>& value, const Path& path);
    template <class T>
    bool get(const Node& node, std::set<T>& value, const Path& path);
    template <class T, class Order>
    bool get(const Node& node, std::map<std::string, T, Order>& value, const Path& path);
    template <class T>
    bool get(const Node& node, std::shared_ptr<const T>& value, const Path& path);
    template <class T>
    bool get_table(const Node& node, T& value, const Path& path);
    template <class T>
    bool get_parsed(const Node& node, const Result<T>& parsed, T& value, const Path& path);
    bool is_text(const Node& node, const Path& path, const char* accepted);
    bool of_no_currency(const Node& node, const Path& path);
    bool read_whole(const Node& node, Int128 least, Int128 greatest, Int128& number, const Path& path);
    bool unknown_name(const Node& node, const Path& path, const std::vector<std::string_view>& names);

    CountedIn counted_in_;
    Findings& findings_;
    Zones* zones_;
    NameBook* names_;
};

/// The fields of one table.
class TableReader {
  public:
    TableReader(Reader reader, const Node& table, const Path& path)
        : reader_(reader), table_(table), path_(path), known_(table.keys.size(), false) {}

    template <class T>
    void operator()(std::string_view name, T& field, Presence presence = {}) {
        if (const Node* node = find(name, presence)) good_ &= reader_.read(*node, field, {&path_, name});
    }
    void amount(std::string_view name, std::int64_t& minor, Presence presence = {}) {
        if (const Node* node = find(name, presence)) good_ &= reader_.read_amount(*node, minor, {&path_, name});
    }
    void amount(std::string_view name, std::optional<std::int64_t>& minor, Presence presence = {}) {
        if (const Node* node = find(name, presence))
            good_ &= reader_.read_amount(*node, minor.emplace(), {&path_, name});
    }
    void measured(std::string_view name, std::int64_t& count, Presence presence = {}) {
        if (const Node* node = find(name, presence)) good_ &= reader_.read_measured(*node, count, {&path_, name});
    }
    void measured(std::string_view name, std::optional<std::int64_t>& count, Presence presence = {}) {
        if (const Node* node = find(name, presence))
            good_ &= reader_.read_measured(*node, count.emplace(), {&path_, name});
    }
    /// What is measured from here on is counted in this.
    void counted_in(Measure measure) { reader_.counted_in().measure = measure; }
    void measure(std::string_view name, Measure& measure, Presence presence = {}) {
        (*this)(name, measure, presence);
        reader_.counted_in().measure = measure;
    }
    void currency(std::string_view name, Currency& currency, Presence presence = {}) {
        (*this)(name, currency, presence);
        reader_.counted_in().currency = currency;
    }
    void digest(std::string_view name, std::uint64_t& bits) {
        if (const Node* node = find(name, Presence::optional))
            good_ &= reader_.read_digest(*node, bits, {&path_, name});
    }
    template <class... Alternatives>
    void one_of(std::string_view name, std::variant<Alternatives...>& variant) {
        const Node* node = find(name, required);
        if (!node) {
            tell_unknown_ = false;  // whose fields they are is not known
            return;
        }
        const bool found = (read_alternative<Alternatives>(*node, variant) || ...);
        if (found) return;
        tell_unknown_ = false;
        unknown_choice(*node, {&path_, name}, {alternative_name<Alternatives>...});
    }

    /// Refuses what no field took. Whether everything was good.
    bool finish();
    /// The names of all fields, for people.
    [[nodiscard]] std::string asked_for() const;

  private:
    template <class Alternative, class Variant>
    bool read_alternative(const Node& node, Variant& variant) {
        if (node.kind != Node::Kind::text || node.text != alternative_name<Alternative>) return false;
        auto alternative = reader_.blank<Alternative>();
        describe(*this, alternative);
        variant = std::move(alternative);
        return true;
    }
    const Node* find(std::string_view name, Presence presence);
    void unknown_choice(const Node& node, const Path& path, const std::vector<std::string_view>& names);

    Reader reader_;
    const Node& table_;
    const Path& path_;
    std::vector<bool> known_;
    std::vector<std::string_view> names_;
    bool good_ = true;
    bool tell_unknown_ = true;
};

/// Fills `value` from `node`; what is wrong is added to `findings`.
template <class T>
bool read(const Node& node, T& value, CountedIn counted_in, Findings& findings) {
    return Reader(counted_in, findings).read(node, value, Path{});
}

// ------------------------------------------------------------------------------------------------------------
// templates

template <class T>
bool Reader::read(const Node& node, T& value, const Path& path) {
    if constexpr (requires { get(node, value, path); })
        return get(node, value, path);
    else
        return get_table(node, value, path);
}

template <std::integral T>
bool Reader::get(const Node& node, T& value, const Path& path) {
    Int128 number = 0;
    if (!read_whole(node, std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), number, path)) return false;
    value = static_cast<T>(number);
    return true;
}

template <class T>
    requires std::is_enum_v<T>
bool Reader::get(const Node& node, T& value, const Path& path) {
    std::vector<std::string_view> names;
    for (auto i = std::underlying_type_t<T>{}; i <= static_cast<std::underlying_type_t<T>>(last_of<T>); ++i) {
        names.push_back(enumerator_name(static_cast<T>(i)));
        if (node.kind != Node::Kind::text || node.text != names.back()) continue;
        value = static_cast<T>(i);
        return true;
    }
    return unknown_name(node, path, names);
}

template <class Kind>
bool Reader::get(const Node& node, Id<Kind>& value, const Path& path) {
    if (names_ && node.kind == Node::Kind::text)
        return get_parsed(node, names_->id_of(typeid(value), node.text), value.value, path);
    return get(node, value.value, path);
}

template <class T>
bool Reader::get(const Node& node, std::optional<T>& value, const Path& path) {
    return read(node, value.emplace(blank<T>()), path);
}

template <class T>
bool Reader::get(const Node& node, std::vector<T>& value, const Path& path) {
    if (node.kind != Node::Kind::list) return expected(node, path, "a list");
    bool good = true;
    value.clear();
    value.reserve(node.items.size());
    for (const Node& item : node.items) {
        value.push_back(blank<T>());
        good &= read(item, value.back(), {&path, {}, value.size()});
    }
    return good;
}

template <class T>
bool Reader::get(const Node& node, Dated<T>& value, const Path& path) {
    std::vector<DatedRow<T>> rows;
    const bool good = get(node, rows, path);
    value = Dated<T>(std::move(rows));
    return good;
}

template <class T>
bool Reader::get(const Node& node, std::set<T>& value, const Path& path) {
    std::vector<T> items;
    const bool good = get(node, items, path);
    value = {items.begin(), items.end()};
    return good && (value.size() == items.size() || refuse(node, path, "one of them is there twice", "each once"));
}

template <class T, class Order>
bool Reader::get(const Node& node, std::map<std::string, T, Order>& value, const Path& path) {
    if (node.kind != Node::Kind::table) return expected(node, path, "a table");
    bool good = true;
    value.clear();
    for (std::size_t i = 0; i < node.items.size(); ++i)
        good &= read(node.items[i], value[node.keys[i].name], {&path, node.keys[i].name});
    return good;
}

template <class T>
bool Reader::get(const Node& node, std::shared_ptr<const T>& value, const Path& path) {
    auto fresh = std::make_shared<T>();
    const bool good = read(node, *fresh, path);
    value = std::move(fresh);
    return good;
}

template <class T>
T Reader::blank() const {
    const Money nothing = Money::zero(counted_in_.currency);
    if constexpr (std::is_default_constructible_v<T>)
        return T{};
    else if constexpr (std::is_same_v<T, Money>)
        return nothing;
    else if constexpr (requires { T{.gross = nothing}; })
        return T{.gross = nothing};
    else if constexpr (requires { T{.price = nothing}; })
        return T{.price = nothing};
    else
        return T{.amount = nothing};
}

template <class T>
bool Reader::get_table(const Node& node, T& value, const Path& path) {
    if (node.kind != Node::Kind::table) {
        // Reading a table without fields asks for each of them.
        Findings unheard;
        const Node empty;
        TableReader table(Reader(counted_in_, unheard), empty, path);
        describe(table, value);
        return expected(node, path, "a table with " + table.asked_for());
    }
    TableReader table(*this, node, path);
    describe(table, value);
    return table.finish();
}

template <class T>
bool Reader::get_parsed(const Node& node, const Result<T>& parsed, T& value, const Path& path) {
    if (!parsed) return refuse(node, path, parsed.error().what, parsed.error().expected);
    value = *parsed;
    return true;
}

}  // namespace crowdrules::detail
