// SPDX-License-Identifier: BSL-1.0
#include "reader.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

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

std::string listed(const std::vector<std::string_view>& names) {
    std::string list;
    for (const auto name : names) (list += list.empty() ? "" : ", ") += name;
    return list;
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
    return names.empty() ? "nothing here" : "one of " + listed(names);
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

bool Reader::unknown_name(const Node& node, const Path& path, const std::vector<std::string_view>& names) {
    if (node.kind != Node::Kind::text) return expected(node, path, "one of " + listed(names));
    return refuse(FindingKind::malformed, node.where, path,
                  "'" + node.text + "' is unknown here; did you mean " + meant(node.text, names) + "?",
                  "one of " + listed(names));
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

bool Reader::read_amount(const Node& node, std::int64_t& minor, const Path& path) {
    if (!counted_in_.has_currency) return of_no_currency(node, path);
    if (!is_text(node, path, "an amount as text, in quotes: \"115.00\"")) return false;
    const auto amount = Money::parse(node.text, counted_in_.currency);
    if (!amount) return refuse(node, path, amount.error().what, amount.error().expected);
    minor = amount->minor();
    return true;
}

bool Reader::read_measured(const Node& node, std::int64_t& count, const Path& path) {
    if (counted_in_.measure == Measure::money) return read_amount(node, count, path);
    return get(node, count, path);
}

bool Reader::read_digest(const Node& node, std::uint64_t& bits, const Path& path) {
    constexpr const char* accepted = "16 hexadecimal digits as text";
    if (!is_text(node, path, accepted)) return false;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, bits, 16);
    if (error != std::errc() || stop != end || node.text.size() != 16) return expected(node, path, accepted);
    return true;
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
    return get_parsed(node, bare ? Money::parse(amount, counted_in_.currency) : Money::parse(node.text), value, path);
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

bool Reader::get(const Node& node, Node& value, const Path&) {
    value = node;
    return true;
}

bool Reader::get(const Node& node, Cadence& value, const Path& path) {
    if (node.kind == Node::Kind::text) return get_parsed(node, parse_cadence(node.text), value, path);
    value = {};
    return get_table(node, value, path);
}

bool Reader::get(const Node& node, Rounding& value, const Path& path) {
    if (node.kind == Node::Kind::text) return get(node, value.mode, path);
    return get_table(node, value, path);
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

void TableReader::unknown_choice(const Node& node, const Path& path, const std::vector<std::string_view>& names) {
    good_ = false;
    if (node.kind != Node::Kind::text) {
        reader_.expected(node, path, "one of " + listed(names));
        return;
    }
    reader_.refuse(FindingKind::malformed, node.where, path,
                   "'" + node.text + "' is unknown here; did you mean " + meant(node.text, names) + "?",
                   "one of " + listed(names));
}

std::string TableReader::asked_for() const {
    return listed(names_);
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
