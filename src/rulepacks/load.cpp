// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/rulepacks/load.hpp>

#include "core/listed.hpp"
#include "embedded.hpp"
#include "selection.hpp"
#include <algorithm>
#include <protocol/document.hpp>
#include <protocol/json_schema.hpp>
#include <set>
#include <tuple>

namespace crowdrules {

namespace detail {

namespace {

// The tables of a pack as they stand in its file.

struct CitationText {
    std::string source, read;
    Evidence evidence = Evidence::agreed;
};
struct RuleText {
    std::string parameter, cite;
    std::optional<Date> from, seen, until;
    bool ended = false;
    std::optional<Later<std::string, std::vector<std::string>>> currency, country, channel;
    std::optional<Node> value;
    std::map<std::string, Node> by_currency, by_country, by_channel;
    bool liftable = false;
};
struct PackText {
    std::string pack, assumptions, extends, title, jurisdiction, description;
    PackKind kind = PackKind::campaign;
    bool takes_nearest = false;
    std::map<std::string, CitationText> citations;
    std::optional<Later<std::vector<RuleText>>> rule;
};

inline void describe(Fields& v, CitationText& citation) {
    v("source", citation.source, required);
    v("read", citation.read, required);
    v("evidence", citation.evidence, required);
}
inline void describe(Fields& v, RuleText& rule) {
    v("parameter", rule.parameter, required);
    v("cite", rule.cite, required);
    v("from", rule.from);
    v("seen", rule.seen);
    v("until", rule.until);
    v("ended", rule.ended);
    v("currency", rule.currency);
    v("country", rule.country);
    v("channel", rule.channel);
    v("value", rule.value);
    v("by_currency", rule.by_currency);
    v("by_country", rule.by_country);
    v("by_channel", rule.by_channel);
    v("liftable", rule.liftable);
}
inline void describe(Fields& v, PackText& pack) {
    v("pack", pack.pack);
    v("assumptions", pack.assumptions);
    v("extends", pack.extends);
    v("kind", pack.kind);
    v("title", pack.title);
    v("jurisdiction", pack.jurisdiction);
    v("description", pack.description);
    v("takes_nearest", pack.takes_nearest);
    v("citations", pack.citations, required);
    v("rule", pack.rule, required);
}

/// Makes rows of the rules of a file.
class RowReader {
  public:
    RowReader(const PackText& file, Findings& findings)
        : kind_(file.kind),
          assumes_(!file.assumptions.empty()),
          citations_(file.citations),
          reader_({USD}, findings),
          findings_(findings) {}

    void read(const Node& node, const Path& path) {
        RuleText rule;
        if (!reader_.read(node, rule, path)) return;
        const ParameterHead* parameter = find_parameter(kind_, rule.parameter);
        if (!parameter) {
            const auto nearest = nearest_name(rule.parameter, parameter_paths(kind_));
            refuse(*node.find("parameter"), path, "'" + rule.parameter + "' is no parameter",
                   nearest.empty() ? "a parameter of a pack of the kind '" + std::string(to_text(kind_)) + "'"
                                   : std::string(nearest));
            return;
        }
        PackRow row;
        row.parameter = rule.parameter;
        row.liftable = rule.liftable;
        const bool dated = read_dates(rule, node, path, row);
        const bool cited = read_citation(rule, node, path, row);
        if (dated && cited) spread(rule, *parameter, node, path, row);
    }

    [[nodiscard]] std::vector<PackRow> rows() && { return std::move(rows_); }

    void refuse_overlaps() {
        std::vector<const PackRow*> sorted;
        for (const PackRow& row : rows_) sorted.push_back(&row);
        const auto whom = [](const PackRow* row) {
            return std::tie(row->parameter, row->scope.channel, row->scope.country, row->scope.currency);
        };
        std::sort(sorted.begin(), sorted.end(), [&](auto* a, auto* b) {
            return std::tuple(whom(a), a->from, a->where.line) < std::tuple(whom(b), b->from, b->where.line);
        });
        for (std::size_t i = 1; i < sorted.size(); ++i) {
            const PackRow &row = *sorted[i], &earlier = *sorted[i - 1];
            const Path path{nullptr, row.parameter};
            const auto line = " (line " + std::to_string(earlier.where.line) + ")";
            if (whom(&row) == whom(&earlier)) {
                if (row.from != earlier.from && !(earlier.until && *earlier.until >= row.from)) continue;
                reader_.refuse(FindingKind::malformed, row.where, path,
                               "another value for the same holds on " + to_text(row.from) + line,
                               "one value for each day");
            } else if (row.parameter == earlier.parameter && row.scope.channel == earlier.scope.channel &&
                       row.scope.country == earlier.scope.country && earlier.scope.currency.empty()) {
                reader_.refuse(FindingKind::malformed, row.where, path,
                               "it is for " + row.scope.currency + ", but another value is for every currency" + line,
                               "a currency for every value, or for none");
            }
        }
    }

    void refuse_uncited(const Node& citations) {
        for (const auto& key : citations.keys)
            if (cited_.count(key.name) == 0) {
                const Path path{nullptr, "citations"};
                reader_.refuse(FindingKind::malformed, key.where, {&path, key.name}, "nothing cites '" + key.name + "'",
                               "a rule that does, or no such citation");
            }
    }

  private:
    bool refuse(const Node& node, const Path& path, std::string what, std::string accepted) {
        return reader_.refuse(FindingKind::malformed, node.where, path, std::move(what), std::move(accepted));
    }

    bool read_dates(const RuleText& rule, const Node& node, const Path& path, PackRow& row) {
        row.ended = rule.ended;
        if (rule.ended && !rule.until)
            return refuse(node, path, "it has ended, but on which day is not said", "'until', the last day of all");
        if (assumes_ && !rule.from && !rule.seen) {
            row.from = Date{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}};
            return true;
        }
        if (rule.from.has_value() == rule.seen.has_value())
            return refuse(node, path, "a rule holds since a day (from), or was first seen on a day (seen)",
                          "one of 'from' and 'seen'");
        row.from = rule.from ? *rule.from : *rule.seen;
        row.began_earlier = rule.seen.has_value();
        row.until = rule.until;
        return !row.until || *row.until >= row.from ||
               refuse(*node.find("until"), path, "it ends " + to_text(*row.until) + " before it begins",
                      "a day from " + to_text(row.from) + " on");
    }

    bool read_citation(const RuleText& rule, const Node& node, const Path& path, PackRow& row) {
        const auto found = citations_.find(rule.cite);
        if (found == citations_.end()) {
            std::vector<std::string_view> names;
            for (const auto& [name, citation] : citations_) names.push_back(name);
            const auto nearest = nearest_name(rule.cite, names);
            return refuse(*node.find("cite"), path, "there is no citation '" + rule.cite + "'",
                          nearest.empty() ? "the name of one under [citations]" : std::string(nearest));
        }
        cited_.insert(rule.cite);
        const bool is_assumed = found->second.evidence == Evidence::assumed;
        if (is_assumed != assumes_)
            return refuse(*node.find("cite"), path,
                          is_assumed ? "a pack assumes nothing"
                                     : "an assumption is graded '" + std::string(to_text(found->second.evidence)) + "'",
                          is_assumed ? "a citation with another evidence, or a file that begins with 'assumptions'"
                                     : "a citation with evidence = \"assumed\", whose source is the reason");
        row.citation = {found->second.source, found->second.read, found->second.evidence};
        return true;
    }

    /// What a rule says of one thing that its value may depend on.
    struct Dependence {
        PackParameter::By by;
        std::string_view name;
        const std::optional<Later<std::string, std::vector<std::string>>>& one;  ///< or several, in a list
        const std::map<std::string, Node>& table;                                ///< a value for each

        [[nodiscard]] bool is_said() const { return one || !table.empty(); }
    };

    /// One row for each currency, country and channel.
    void spread(const RuleText& rule, const ParameterHead& parameter, const Node& node, const Path& path,
                const PackRow& row) {
        using By = PackParameter::By;
        const Dependence all[] = {{By::currency, "currency", rule.currency, rule.by_currency},
                                  {By::country, "country", rule.country, rule.by_country},
                                  {By::channel, "channel", rule.channel, rule.by_channel}};
        const std::map<std::string, Node>* table = nullptr;
        for (const Dependence& on : all) {
            const bool may_be = (on.by == By::currency && parameter.amounts) || (assumes_ && !on.is_said());
            if (on.is_said() != (parameter.by == on.by) && !may_be) {
                constexpr std::string_view accepted[] = {"neither currency nor country", "a currency", "a country",
                                                         "a channel"};
                refuse(node, path, "the value of '" + rule.parameter + "' depends on other things",
                       std::string(accepted[static_cast<std::size_t>(parameter.by)]));
                return;
            }
            const bool twice = !on.table.empty() && (on.one || table);
            if (!on.table.empty()) table = &on.table;
            if (twice || (&on == &all[2] && rule.value.has_value() == (table != nullptr))) {
                refuse(node, path,
                       "a rule has one 'value', or a value for each in one table 'by_" + std::string(on.name) + "'",
                       "one");
                return;
            }
        }
        std::vector<std::string> names[3];
        for (std::size_t i = 0; i < 3; ++i)
            if (!names_of(all[i], path, names[i])) return;
        for (const auto& currency : names[0])
            for (const auto& country : names[1])
                for (const auto& channel : names[2]) {
                    const std::string* named[] = {&currency, &country, &channel};
                    const Node* value = rule.value ? &*rule.value : nullptr;
                    for (std::size_t i = 0; i < 3; ++i)
                        if (!all[i].table.empty()) value = &all[i].table.at(*named[i]);
                    add(parameter, row, {currency, country, channel}, *value);
                }
    }

    /// For which currencies, countries or channels; one empty name where it does not matter.
    bool names_of(const Dependence& on, const Path& path, std::vector<std::string>& names) {
        for (const auto& [name, value] : on.table) names.push_back(name);
        if (on.one && on.one->kind == Node::Kind::text)
            names.push_back(on.one->text);
        else if (on.one && !reader_.read(*on.one, names, {&path, on.name}))
            return false;
        if (!on.is_said()) names.emplace_back();
        return true;
    }

    void add(const ParameterHead& parameter, PackRow row, Scope scope, const Node& value) {
        const Path path{nullptr, parameter.path};
        std::optional<Currency> currency;
        if (!scope.currency.empty()) {
            const auto known = Currency::iso(scope.currency);
            if (!known)
                return void(
                    refuse(value, path, "'" + scope.currency + "': " + known.error().what, known.error().expected));
            currency = *known;
        }
        const auto& country = scope.country;
        const bool is_country =
            country.size() == 2 && country.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == country.npos;
        if (parameter.by == PackParameter::By::country && !is_country && !(assumes_ && country.empty()))
            return void(refuse(value, path, "'" + country + "' is no country", "two capitals of ISO 3166: \"US\""));
        if (parameter.by == PackParameter::By::channel && scope.channel.empty())
            return void(refuse(value, path, "a channel without a name", "what is sold through it: \"direct\""));
        if (!check_value(kind_, parameter, value, currency, findings_)) return;
        row.scope = std::move(scope);
        row.value = value;
        row.where = value.where;
        rows_.push_back(std::move(row));
    }

    PackKind kind_;
    bool assumes_;
    const std::map<std::string, CitationText>& citations_;
    Reader reader_;
    Findings& findings_;
    std::set<std::string> cited_;
    std::vector<PackRow> rows_;
};

/// The schemas of what a parameter is read as.
class ValueSchemas : public Listener {
  public:
    explicit ValueSchemas(JsonSchema& schema) : schema_(schema) {}

    void on_asked(const Field& field, Value nothing) override { all_.insert(schema_.of(field, nothing)); }
    void on_none() override { all_.insert(JsonSchema::constant("none")); }
    [[nodiscard]] std::string any() const { return JsonSchema::any_of({all_.begin(), all_.end()}); }

  private:
    JsonSchema& schema_;
    std::set<std::string> all_;
};

/// Whether a field of a rule holds the value, or values, of its parameter.
bool holds_value(Value field) {
    const Type* type = &field.type;
    if (type->kind == Kind::optional) type = &static_cast<const OptionalType&>(*type).item();
    if (type->kind == Kind::table) type = &static_cast<const TableType&>(*type).item();
    return type->is<Node>();
}

/// What a rule must fulfil besides being one: what its value may be depends on its parameter.
std::string schema_of_values(JsonSchema& schema) {
    std::map<std::string_view, ValueSchemas> values;  // parameters of several kinds of packs may have one path
    for (const std::string_view name : enumerators<PackKind>) {
        const PackKind kind = *enumerator_called<PackKind>(name);
        for (const std::string_view path : parameter_paths(kind))
            ask_for_value(kind, *find_parameter(kind, path), values.try_emplace(path, schema).first->second);
    }
    const auto of_parameter = [](const std::string& paths) { return "{\"properties\":{\"parameter\":" + paths + "}}"; };
    std::vector<std::string_view> paths;
    std::string all;
    for (const auto& [path, value] : values) {
        RuleText rule;
        schema.set_anything(value.any());
        all += ",{\"if\":" + of_parameter(JsonSchema::constant(path)) +
               ",\"then\":" + schema.fields_of(value_of(rule), holds_value) + "}";
        paths.push_back(path);
    }
    schema.set_anything("{}");
    return "{\"allOf\":[" + of_parameter(JsonSchema::one_of(paths)) + all + "]}";
}

}  // namespace

}  // namespace detail

/// Makes packs of what was read.
struct PackMaker {
    static RulePack make(detail::PackText&& file, std::vector<PackRow> rows, const std::optional<RulePack>& base) {
        RulePack pack;
        pack.kind_ = file.kind;
        pack.assumes_ = !file.assumptions.empty();
        pack.nearest_ = file.takes_nearest || (base && base->nearest_);
        pack.name_ = pack.assumes_ ? std::move(file.assumptions) : std::move(file.pack);
        pack.title_ = std::move(file.title);
        pack.jurisdiction_ = std::move(file.jurisdiction);
        pack.description_ = std::move(file.description);
        pack.rows_ = std::move(rows);
        if (base) extend(pack, *base);
        return pack;
    }

  private:
    /// What the pack has no rows for is as in the other; rows stand together by parameter.
    static void extend(RulePack& pack, const RulePack& base) {
        for (auto [own, other] : {std::pair{&pack.title_, &base.title_},
                                  {&pack.jurisdiction_, &base.jurisdiction_},
                                  {&pack.description_, &base.description_}})
            if (own->empty()) *own = *other;
        const std::vector<PackRow> own = pack.rows_;
        for (const PackRow& row : base.rows_) {
            const detail::ParameterHead& parameter = *detail::find_parameter(base.kind_, row.parameter);
            const auto replaces = [&](const PackRow& mine) {
                return mine.parameter == row.parameter &&
                       (detail::applies(row, parameter, mine.scope) || detail::applies(mine, parameter, row.scope));
            };
            if (std::none_of(own.begin(), own.end(), replaces)) pack.rows_.push_back(row);
        }
        const auto paths = detail::parameter_paths(pack.kind_);
        const auto place = [&](const PackRow& row) { return std::find(paths.begin(), paths.end(), row.parameter); };
        std::stable_sort(pack.rows_.begin(), pack.rows_.end(),
                         [&](const PackRow& a, const PackRow& b) { return place(a) < place(b); });
    }
};

namespace {

/// A pack that extends one that extends one ...: more is a circle.
constexpr int most_extensions = 16;

Findings refused(std::string what, std::string accepted) {
    return {detail::malformed({}, std::move(what), std::move(accepted))};
}

bool is_file(std::string_view name) {
    return name.find('/') != name.npos || name.ends_with(".toml");
}

/// What a file names is where the file is.
std::string beside(std::string_view file, const std::string& name) {
    const std::size_t folder = file.rfind('/');
    if (name.starts_with('/') || folder == file.npos) return name;
    return std::string(file.substr(0, folder + 1)) + (name.starts_with("./") ? name.substr(2) : name);
}

/// Whether a file tells a pack or a set of assumptions, and all that it must say.
bool check_head(const detail::PackText& file, const Node& root, Findings& findings) {
    detail::Reader reader({USD}, findings);
    const auto refuse = [&](std::string_view field, std::string what, std::string accepted) {
        const Node* node = root.find(field);
        return reader.refuse(FindingKind::malformed, (node ? *node : root).where, {nullptr, field}, std::move(what),
                             std::move(accepted));
    };
    bool good = true;
    if (file.pack.empty() == file.assumptions.empty())
        good = refuse("pack", "a file is a pack or a set of assumptions", "pack = \"NAME\", or assumptions = \"NAME\"");
    if (file.takes_nearest && file.assumptions.empty())
        good = refuse("takes_nearest", "a pack assumes nothing", "'takes_nearest' in a set of assumptions");
    if (!file.assumptions.empty() && file.kind != PackKind::campaign)
        good = refuse("kind", "assumptions are for packs of campaigns", "\"campaign\"");
    if (!file.extends.empty()) return good;
    for (const auto& [field, text] : {std::pair{"title", &file.title}, {"description", &file.description}})
        if (text->empty()) good = refuse(field, "it is missing", "a text");
    if (file.assumptions.empty() && file.jurisdiction.empty())
        good = refuse("jurisdiction", "it is missing", "where the rules hold");
    return good;
}

Result<RulePack, Findings> load(std::string_view name, const ReadText& read, bool assumptions, int depth);

}  // namespace

namespace detail {

Result<RulePack, Findings> parse_extended(std::string_view text, const std::string& source, const ReadText& read,
                                          int depth) {
    const auto root = parse_toml(text, source);
    Findings findings;
    if (!root) {
        const auto& error = root.error();
        findings.push_back({FindingKind::malformed, {}, error.what, error.expected, {}, error.where});
        return failure(std::move(findings));
    }
    PackText file;
    if (!detail::read(*root, file, {USD}, findings) || !check_head(file, *root, findings))
        return failure(std::move(findings));
    std::optional<RulePack> base;
    if (!file.extends.empty()) {
        auto loaded = load(file.extends, read, !file.assumptions.empty(), depth + 1);
        if (!loaded) {
            findings = std::move(loaded.error());
            for (Finding& finding : findings)
                if (finding.where == TextPosition{}) finding.where = root->find("extends")->where;
            return failure(std::move(findings));
        }
        base = std::move(*loaded);
        if (root->find("kind") && file.kind != base->kind()) return failure(Findings{other_kind(*base, file.kind)});
        file.kind = base->kind();
    }

    const Path path{nullptr, "rule"};
    RowReader reader(file, findings);
    if (file.rule->kind != Node::Kind::list) Reader({USD}, findings).expected(*file.rule, path, "a list: [[rule]]");
    for (std::size_t i = 0; i < file.rule->items.size() && file.rule->kind == Node::Kind::list; ++i)
        reader.read(file.rule->items[i], {&path, {}, i + 1});
    reader.refuse_overlaps();
    // A rule that could not be read may be the one that cites it.
    if (findings.empty()) reader.refuse_uncited(*root->find("citations"));
    if (!findings.empty()) return failure(std::move(findings));

    return PackMaker::make(std::move(file), std::move(reader).rows(), base);
}

}  // namespace detail

Result<RulePack, Findings> parse_pack(std::string_view text, const std::string& source, const ReadText& read) {
    return detail::parse_extended(text, source, read, 0);
}

std::string pack_schema() {
    detail::JsonSchema schema;
    schema.add_to(detail::type_of<detail::RuleText>(), detail::schema_of_values(schema));
    detail::PackText pack;
    return schema.document("A rule pack of crowdrules", schema.of(detail::value_of(pack), "pack"));
}

namespace {

std::vector<std::string> names_of(std::span<const detail::EmbeddedPack> packs) {
    std::vector<std::string> names;
    for (const auto& pack : packs) names.emplace_back(pack.name);
    return names;
}

Result<RulePack, Findings> load(std::string_view name, const ReadText& read, bool assumptions, int depth) {
    const std::string_view what = assumptions ? "set of assumptions" : "rule pack";
    const auto packs = assumptions ? detail::embedded_assumptions() : detail::embedded_packs();
    if (depth > most_extensions)
        return failure(refused("'" + std::string(name) + "' extends what extends it", "a pack that stands by itself"));
    if (is_file(name)) {
        if (!read)
            return failure(refused("'" + std::string(name) + "' is a file, and none can be read here",
                                   "a " + std::string(what) + " that comes along"));
        const auto text = read(std::string(name));
        if (!text) return failure(refused(text.error(), "a file that can be read"));
        const ReadText read_beside = [&](const std::string& other) { return read(beside(name, other)); };
        auto pack = detail::parse_extended(*text, std::string(name), read_beside, depth);
        if (pack && pack->assumes() != assumptions)
            return failure(
                refused("'" + std::string(name) + "' is " + (assumptions ? "a pack" : "a set of assumptions"),
                        "a " + std::string(what)));
        return pack;
    }
    std::string known;
    for (const auto& pack : packs) {
        if (pack.name == name) return detail::parse_extended(pack.text, std::string(pack.name) + ".toml", {}, depth);
        detail::add_to_list(known, pack.name);
    }
    return failure(refused("there is no " + std::string(what) + " '" + std::string(name) + "'",
                           known.empty() ? "a pack that was built in"
                                         : "one of " + known + ", or a file: \"./" + std::string(name) + ".toml\""));
}

}  // namespace

std::vector<std::string> pack_names() {
    return names_of(detail::embedded_packs());
}

Result<RulePack, Findings> load_pack(std::string_view name, const ReadText& read) {
    return load(name, read, false, 0);
}

std::vector<std::string> assumption_names() {
    return names_of(detail::embedded_assumptions());
}

Result<RulePack, Findings> load_assumptions(std::string_view name, const ReadText& read) {
    return load(name, read, true, 0);
}

std::vector<std::string> calendar_names() {
    std::vector<std::string> names;
    for (const auto& calendar : detail::embedded_calendars()) names.emplace_back(calendar.name);
    return names;
}

Result<HolidayList, Findings> load_calendar(std::string_view name) {
    std::string known;
    for (const auto& calendar : detail::embedded_calendars()) {
        detail::add_to_list(known, calendar.name);
        if (calendar.name != name) continue;
        const auto root = detail::parse_toml(calendar.text, std::string(name) + ".toml");
        if (!root) return failure(Findings{detail::finding_of(root.error())});
        HolidayList list;
        Findings findings;
        if (!detail::read(*root, list, {USD}, findings)) return failure(std::move(findings));
        return list;
    }
    return failure(Findings{{FindingKind::malformed,
                             "payouts.calendar",
                             "there is no calendar '" + std::string(name) + "'",
                             "one of " + known + ", or a calendar with its days",
                             {},
                             {}}});
}

Findings name_holidays(campaign::Terms& terms) {
    auto& calendar = terms.payouts.calendar;
    if (!calendar || calendar->first.ok()) return {};
    auto loaded = load_calendar(calendar->name);
    if (!loaded) return std::move(loaded.error());
    terms.sources.insert_or_assign("payouts.calendar", loaded->source);
    calendar = std::move(*loaded);
    return {};
}

}  // namespace crowdrules
