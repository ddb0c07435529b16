// SPDX-License-Identifier: BSL-1.0
#include "reader.hpp"

#include <crowdrules/core/contract.hpp>

#include "core/listed.hpp"
#include <algorithm>
#include <charconv>
#include <numeric>
#include <schema/range.hpp>

namespace crowdrules::detail {

namespace {

/// Letters to be changed, put in or left out to get from one to the other (Levenshtein).
std::size_t letters_apart(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, changed}));
        }
    }
    return row.back();
}

}  // namespace

std::string Path::text() const {
    std::string all = above ? above->text() : std::string();
    if (index > 0) return all + '[' + std::to_string(index) + ']';
    if (!all.empty() && !name.empty()) all += '.';
    return all.append(name);
}

std::string meant(std::string_view given, const std::vector<std::string_view>& names) {
    const auto nearest = nearest_name(given, names);
    if (!nearest.empty()) return "'" + std::string(nearest) + "'";
    return names.empty() ? "nothing here" : "one of " + detail::listed(names);
}

std::string_view nearest_name(std::string_view given, const std::vector<std::string_view>& names) {
    // A bound on the work: nobody means a field by a name of this length.
    if (given.size() > 64) return {};
    std::string_view nearest;
    std::size_t least = (given.size() + 2) / 3 + 1;
    for (const auto name : names)
        if (const auto distance = letters_apart(given, name); distance < least) {
            least = distance;
            nearest = name;
        }
    return nearest;
}

std::string shown(const Node& node) {
    switch (node.kind) {
        case Node::Kind::list:
        case Node::Kind::table:
            return std::string(to_text(node.kind));
        default: {
            auto text = to_text(node);
            if (text.size() > 60) text = text.substr(0, 57) + "...";
            return text;
        }
    }
}

namespace {

/// What is wrong with a text that should be one of `names`. Returns false.
bool refuse_choice(Reader& reader, const Node& node, const Path& path, const std::vector<std::string_view>& names) {
    if (node.kind != Node::Kind::text) return reader.expected(node, path, "one of " + detail::listed(names));
    return reader.refuse(FindingKind::malformed, node.where, path,
                         "'" + node.text + "' is unknown here; did you mean " + meant(node.text, names) + "?",
                         "one of " + detail::listed(names));
}

}  // namespace

bool Reader::refuse(FindingKind kind, const TextPosition& where, const Path& path, std::string what,
                    std::string accepted) {
    Finding finding{};
    finding.kind = kind;
    finding.rule = path.text();
    finding.what = std::move(what);
    finding.accepted = std::move(accepted);
    finding.where = where;
    findings_.push_back(std::move(finding));
    return false;
}

bool Reader::refuse(const Node& node, const Path& path, std::string what, std::string accepted) {
    return refuse(FindingKind::malformed, node.where, path, std::move(what) + ", in " + shown(node),
                  std::move(accepted));
}

bool Reader::expected(const Node& node, const Path& path, std::string accepted) {
    return refuse(FindingKind::malformed, node.where, path, shown(node) + ", but expected " + accepted, accepted);
}

template <class T>
bool Reader::get_parsed(const Node& node, const Result<T>& parsed, T& value, const Path& path) {
    if (!parsed) return refuse(node, path, parsed.error().what, parsed.error().expected);
    value = *parsed;
    return true;
}

bool Reader::is_text(const Node& node, const Path& path, const char* accepted) {
    return node.kind == Node::Kind::text || expected(node, path, accepted);
}

bool Reader::read_whole(const Node& node, Int128 least, Int128 greatest, Int128& number, const Path& path) {
    const auto accepted = [&] {
        return "a whole number from " + to_text(Decimal::of(least, 0)) + " to " + to_text(Decimal::of(greatest, 0));
    };
    if (node.kind != Node::Kind::integer || node.integer < least || node.integer > greatest)
        return expected(node, path, accepted());
    number = node.integer;
    return true;
}

bool Reader::of_no_currency(const Node& node, const Path& path) {
    return refuse(node, path, "an amount, but of which currency is not said", "amounts by currency");
}

bool Reader::has_all_decimals(const Node& node, std::string_view written, Money amount, const Path& path) {
    if (!counted_in_.all_decimals || written == to_amount_text(amount)) return true;
    const std::string currency(counted_in_.currency.code());
    return refuse(node, path, "'" + node.text + "' is not how an amount of " + currency + " is stored",
                  "an event of a campaign in " + currency + ": \"" + to_amount_text(amount) + '"');
}

bool Reader::read_amount(const Node& node, std::int64_t& minor, const Path& path) {
    if (listener_) {
        listener_->on_asked({path.name, Presence::required, Role::amount}, value_of(minor));
        return false;
    }
    if (!counted_in_.has_currency) return of_no_currency(node, path);
    if (!is_text(node, path, "an amount as text, in quotes: \"115.00\"")) return false;
    const auto amount = Money::parse(node.text, counted_in_.currency);
    if (!amount) return refuse(node, path, amount.error().what, amount.error().expected);
    if (!has_all_decimals(node, node.text, *amount, path)) return false;
    minor = amount->minor();
    return true;
}

bool Reader::read_measured(const Node& node, std::int64_t& count, const Path& path) {
    if (counted_in_.measure == campaign::Measure::money) return read_amount(node, count, path);
    return read(node, count, path);
}

bool Reader::read_digest(const Node& node, std::uint64_t& bits, const Path& path) {
    constexpr const char* accepted = "16 hexadecimal digits as text";
    if (!is_text(node, path, accepted)) return false;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, bits, 16);
    if (error != std::errc() || stop != end || node.text.size() != 16) return expected(node, path, accepted);
    return true;
}

bool Reader::is_none(const Node& node) const {
    if (listener_) listener_->on_none();
    return node.kind == Node::Kind::text && node.text == "none";
}

bool Reader::get(const Node& node, bool& value, const Path& path) {
    if (node.kind != Node::Kind::boolean) return expected(node, path, "true or false");
    value = node.boolean;
    return true;
}

bool Reader::get(const Node& node, std::string& value, const Path& path) {
    if (!is_text(node, path, "a text in quotes")) return false;
    value = node.text;
    return true;
}

bool Reader::get(const Node& node, Instant& value, const Path& path) {
    if (node.kind != Node::Kind::date && !is_text(node, path, "an instant: 2012-05-19T03:00:00Z")) return false;
    if (node.text == "never") {
        value = never;
        return true;
    }
    const bool is_on_a_wall = node.kind == Node::Kind::text && node.text.find(' ') != std::string::npos;
    if (zones_ == nullptr || !is_on_a_wall) return get_parsed(node, parse_instant(node.text), value, path);
    const auto local = parse_local_time(node.text);
    if (!local) return refuse(node, path, local.error().what, local.error().expected);
    zones_->used = true;
    return get_parsed(node, resolve(*local, {}, zones_->database), value, path);
}

bool Reader::get(const Node& node, Elapsed& value, const Path& path) {
    return is_text(node, path, "a length of time: \"48 hours\"") &&
           get_parsed(node, parse_elapsed(node.text), value, path);
}

bool Reader::get(const Node& node, Date& value, const Path& path) {
    if (node.kind != Node::Kind::date && !is_text(node, path, "a date: 2012-04-11")) return false;
    return get_parsed(node, parse_date(node.text), value, path);
}

bool Reader::get(const Node& node, Decimal& value, const Path& path) {
    return is_text(node, path, "a number as text, in quotes: \"2.9%\" or \"0.029\"") &&
           get_parsed(node, Decimal::parse(node.text), value, path);
}

/// "115.00", "115.00 USD": a currency that has no ISO code is told by the campaign.
bool Reader::get(const Node& node, Money& value, const Path& path) {
    if (!counted_in_.has_currency) return of_no_currency(node, path);
    if (!is_text(node, path, "an amount as text, in quotes: \"115.00 USD\"")) return false;
    const auto code = " " + std::string(counted_in_.currency.code());
    std::string_view amount = node.text;
    if (amount.ends_with(code)) amount.remove_suffix(code.size());
    const bool bare = amount.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == amount.npos;
    if (!get_parsed(node, bare ? Money::parse(amount, counted_in_.currency) : Money::parse(node.text), value, path))
        return false;
    return !bare || has_all_decimals(node, amount, value, path);
}

bool Reader::get(const Node& node, Currency& value, const Path& path) {
    if (node.kind != Node::Kind::table)
        return is_text(node, path, "a currency: \"USD\", or { code = \"POINTS\", digits = 0 }") &&
               get_parsed(node, Currency::iso(node.text), value, path);
    std::string code;
    unsigned digits = 0;
    TableReader table(*this, node, path);
    table("code", code, required);
    table("digits", digits, required);
    return table.finish() && get_parsed(node, Currency::own(code, digits), value, path);
}

namespace {

/// A list that another value is made from.
struct ListOf {
    Reader& reader;
    const Node& node;
    const ListType& type;
    const Path& path;
    bool good = false;
    std::size_t count = 0;
};
void read_list(void* context, void* at) {
    auto& list = as<ListOf>(context);
    list.good = list.reader.read_value(list.node, {list.type, at}, list.path);
    list.count = list.type.count(at);
}

}  // namespace

bool Reader::get_id(const Node& node, const Type& type, void* value, const Path& path) {
    auto& id = as<std::uint64_t>(value);
    if (names_ && node.kind == Node::Kind::text) return get_parsed(node, names_->id_of(*type.cpp, node.text), id, path);
    return read(node, id, path);
}

bool Reader::get_enumerator(const Node& node, const EnumerationType& type, void* value, const Path& path) {
    const auto names = type.names;
    const auto name = std::find(names.begin(), names.end(), node.text);
    if (node.kind != Node::Kind::text || name == names.end())
        return refuse_choice(*this, node, path, {names.begin(), names.end()});
    set_whole(type, value, name - names.begin());
    return true;
}

bool Reader::get_list(const Node& node, const ListType& type, void* value, const Path& path) {
    if (node.kind != Node::Kind::list) return expected(node, path, "a list");
    bool good = true;
    type.clear(value, node.items.size());
    for (std::size_t i = 0; i < node.items.size(); ++i)
        good &= read_value(node.items[i], {type.item(), type.add(value, counted_in_.currency)}, {&path, {}, i + 1});
    return good;
}

bool Reader::get_set(const Node& node, const SetType& type, void* value, const Path& path) {
    ListOf list{*this, node, list_type(type.items), path};
    type.write(value, &list, read_list);
    return list.good &&
           (type.count(value) == list.count || refuse(node, path, "one of them is there twice", "each once"));
}

bool Reader::get_by_name(const Node& node, const TableType& type, void* value, const Path& path) {
    if (node.kind != Node::Kind::table) return expected(node, path, "a table");
    bool good = true;
    type.clear(value);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const std::string& name = node.keys[i].name;
        good &= read_value(node.items[i], {type.item(), type.entry(value, name)}, {&path, name});
    }
    return good;
}

bool Reader::get_dated(const Node& node, const DatedType& type, void* value, const Path& path) {
    ListOf rows{*this, node, list_type(type.rows), path};
    type.write(value, &rows, read_list);
    return rows.good;
}

bool Reader::get_record(const Node& node, Value value, const Path& path) {
    if (value.type.is<Cadence>() && node.kind == Node::Kind::text)
        return get_parsed(node, parse_cadence(node.text), as<Cadence>(value.at), path);
    if (value.type.is<Cadence>()) as<Cadence>(value.at) = {};
    if (value.type.is<Rounding>() && node.kind == Node::Kind::text)
        return read(node, as<Rounding>(value.at).mode, path);
    if (node.kind != Node::Kind::table) {
        // Reading a table without fields asks for each of them.
        Findings unheard;
        const Node empty;
        TableReader table(Reader(counted_in_, unheard), empty, path);
        table.fill(value);
        return expected(node, path, "a table with " + table.asked_for());
    }
    return TableReader(*this, node, path).fill(value);
}

bool Reader::read_value(const Node& node, Value value, const Path& path) {
    if (listener_) {
        listener_->on_asked({path.name, Presence::required, Role::plain}, value);
        return false;
    }
    const Type& type = value.type;
    switch (type.kind) {
        case Kind::flag:
            return get(node, as<bool>(value.at), path);
        case Kind::whole: {
            const auto& whole = static_cast<const WholeType&>(type);
            Int128 number = 0;
            if (!read_whole(node, least_of(whole), greatest_of(whole), number, path)) return false;
            set_whole(type, value.at, number);
            return true;
        }
        case Kind::text:
            return get(node, as<std::string>(value.at), path);
        case Kind::instant:
            return get(node, as<Instant>(value.at), path);
        case Kind::elapsed:
            return get(node, as<Elapsed>(value.at), path);
        case Kind::date:
            return get(node, as<Date>(value.at), path);
        case Kind::decimal:
            return get(node, as<Decimal>(value.at), path);
        case Kind::money:
            return get(node, as<Money>(value.at), path);
        case Kind::currency:
            return get(node, as<Currency>(value.at), path);
        case Kind::id:
            return get_id(node, type, value.at, path);
        case Kind::enumeration:
            return get_enumerator(node, static_cast<const EnumerationType&>(type), value.at, path);
        case Kind::optional: {
            const auto& optional = static_cast<const OptionalType&>(type);
            return read_value(node, {optional.item(), optional.emplace(value.at, counted_in_.currency)}, path);
        }
        case Kind::list:
            return get_list(node, static_cast<const ListType&>(type), value.at, path);
        case Kind::set:
            return get_set(node, static_cast<const SetType&>(type), value.at, path);
        case Kind::table:
            return get_by_name(node, static_cast<const TableType&>(type), value.at, path);
        case Kind::dated:
            return get_dated(node, static_cast<const DatedType&>(type), value.at, path);
        case Kind::shared: {
            const auto& shared = static_cast<const SharedType&>(type);
            return read_value(node, {shared.item(), shared.make(value.at)}, path);
        }
        case Kind::record:
            return get_record(node, value, path);
        case Kind::one_of:
        case Kind::other:
            break;
    }
    // Nothing else that is described is of another kind: a node, or one that is read later.
    expects(type.kind == Kind::other && type.size == sizeof(Node), "every other kind of value can be read");
    as<Node>(value.at) = node;
    return true;
}

namespace {

/// Where a number is to be put that may be an optional one.
void* content_of(Value number) {
    if (number.type.kind != Kind::optional) return number.at;
    return static_cast<const OptionalType&>(number.type).emplace(number.at, USD);
}

}  // namespace

void TableReader::read_beside(std::string_view name, const OneOfType& type, void* variant) {
    const Node* node = find(name, required);
    if (!node) {
        tell_unknown_ = false;  // whose fields they are is not known
        return;
    }
    std::vector<std::string_view> names;
    for (const OneOfType::Alternative& alternative : type.alternatives) {
        names.push_back(alternative.name);
        if (node->kind != Node::Kind::text || node->text != alternative.name) continue;
        go_over({alternative.type(), alternative.emplace(variant, reader_.counted_in().currency)});
        return;
    }
    tell_unknown_ = false;
    good_ = refuse_choice(reader_, *node, {&path_, name}, names);
}

void TableReader::on_field(const Field& field, Value value) {
    if (field.role == Role::counted_in) {
        // What is measured from here on is counted in this.
        reader_.counted_in().measure = measure_of(value);
        return;
    }
    if (field.role == Role::beside) return read_beside(field.name, static_cast<const OneOfType&>(value.type), value.at);
    if (const Node* node = find(field.name, field.presence)) {
        const Path path{&path_, field.name};
        bool is_read = false;
        if (field.role == Role::amount)
            is_read = reader_.read_amount(*node, as<std::int64_t>(content_of(value)), path);
        else if (field.role == Role::measured)
            is_read = reader_.read_measured(*node, as<std::int64_t>(content_of(value)), path);
        else if (field.role == Role::digest)
            is_read = reader_.read_digest(*node, as<std::uint64_t>(value.at), path);
        else
            is_read = reader_.read_value(*node, value, path);
        if (is_read && !is_within(field.range, value))
            is_read = reader_.expected(*node, path, accepted_text(field, value.type, reader_.counted_in().currency));
        good_ &= is_read;
    }
    if (field.role == Role::measure) reader_.counted_in().measure = as<campaign::Measure>(value.at);
    if (field.role == Role::currency) reader_.counted_in().currency = as<Currency>(value.at);
}

bool TableReader::fill(Value record) {
    go_over(record);
    return finish();
}

const Node* TableReader::find(std::string_view name, Presence presence) {
    names_.push_back(name);
    for (std::size_t i = 0; i < table_.keys.size(); ++i)
        if (!known_[i] && table_.keys[i].name == name) {
            known_[i] = true;
            return &table_.items[i];
        }
    if (presence == Presence::required)
        good_ = reader_.refuse(FindingKind::missing, table_.where, {&path_, name},
                               "'" + std::string(name) + "' is missing", "a value for it");
    return nullptr;
}

std::string TableReader::asked_for() const {
    return detail::listed(names_);
}

bool TableReader::finish() {
    if (!tell_unknown_ || std::find(known_.begin(), known_.end(), false) == known_.end()) return good_;
    // Names that are taken already cannot have been meant.
    std::vector<std::string_view> open;
    for (const auto name : names_)
        if (!table_.find(name)) open.push_back(name);
    for (std::size_t i = 0; i < known_.size(); ++i) {
        if (known_[i]) continue;
        const auto& key = table_.keys[i];
        good_ = reader_.refuse(FindingKind::malformed, key.where, {&path_, key.name},
                               "'" + key.name + "' is no field here", meant(key.name, open));
    }
    return good_;
}

}  // namespace crowdrules::detail
