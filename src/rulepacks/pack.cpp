// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/rulepacks/pack.hpp>

#include "parameter.hpp"
#include <algorithm>

namespace crowdrules {

namespace {

using detail::Needed;
using detail::Parameter;
using detail::Rules;

bool applies(const PackRow& row, const Parameter& parameter, const Scope& scope) {
    if (row.parameter != parameter.path) return false;
    switch (parameter.by) {
        case PackParameter::By::currency:
            return row.scope.currency == scope.currency;
        case PackParameter::By::country:
            return row.scope.country == scope.country;
        case PackParameter::By::nothing:
            break;
    }
    return true;
}

/// The rows around a date.
struct Around {
    const PackRow* before = nullptr;  ///< the latest that began by then
    const PackRow* after = nullptr;   ///< the next one

    [[nodiscard]] const PackRow* in_force(Date on) const {
        return before && (!before->until || on <= *before->until) ? before : nullptr;
    }
};

Around rows_around(const std::vector<PackRow>& rows, const Parameter& parameter, const Scope& scope, Date on) {
    Around around;
    for (const PackRow& row : rows) {
        if (!applies(row, parameter, scope)) continue;
        if (row.from <= on && (!around.before || row.from > around.before->from)) around.before = &row;
        if (row.from > on && (!around.after || row.from < around.after->from)) around.after = &row;
    }
    return around;
}

/// Makes terms of a pack and a draft, and keeps what the rules say against it.
class TermsMaker {
  public:
    TermsMaker(const RulePack& pack, Date on, const CampaignDraft& draft)
        : pack_(pack), draft_(draft), on_(on), scope_{std::string(draft.currency.code()), draft.country} {}

    Result<Terms, Findings> make(std::string record) && {
        refuse_unknown();
        for (const Parameter& parameter : detail::parameters()) apply(parameter);
        check_currency();
        join(std::move(record));
        check_window();
        for (Finding& defect : defects_of(rules_.terms)) findings_.push_back(std::move(defect));
        if (has_refusal(findings_)) return failure(std::move(findings_));
        return std::move(rules_.terms);
    }

  private:
    void add(FindingKind kind, std::string_view rule, std::string what, std::string accepted, Citation citation = {},
             TextPosition where = {}) {
        findings_.push_back(
            {kind, std::string(rule), std::move(what), std::move(accepted), std::move(citation), std::move(where)});
    }

    [[nodiscard]] bool is_needed(const Parameter& parameter) const {
        switch (parameter.needed) {
            case Needed::always:
                return true;
            case Needed::for_late_pledges:
                return draft_.late_pledges;
            case Needed::for_instalments:
                return draft_.instalments;
            case Needed::never:
                break;
        }
        return false;
    }

    void refuse_unknown() {
        for (const auto& [path, value] : draft_.given) {
            if (detail::find_parameter(path)) continue;
            const auto nearest = detail::nearest_name(path, detail::parameter_paths());
            add(FindingKind::malformed, path, "'" + path + "' is no parameter of a pack",
                nearest.empty() ? "one of those that `crowdrules packs` shows" : "'" + std::string(nearest) + "'", {},
                value.where);
        }
    }

    void apply(const Parameter& parameter) {
        const Around around = rows_around(pack_.rows(), parameter, scope_, on_);
        const PackRow* row = around.in_force(on_);
        const auto given = draft_.given.find(parameter.path);
        if (given != draft_.given.end()) {
            if (row && !row->liftable) return refuse_change(parameter, *row, given->second);
            read(parameter, given->second);
            return agree(parameter, given->second);
        }
        if (!row) {
            if (is_needed(parameter)) miss(parameter, around);
            return;
        }
        read(parameter, row->value);
        cite(parameter, row->citation);
    }

    void read(const Parameter& parameter, const Node& value) {
        detail::read_parameter(parameter, value, draft_.currency, rules_, findings_);
    }

    void cite(const Parameter& parameter, const Citation& citation) {
        rules_.terms.sources.insert_or_assign(std::string(parameter.path), citation);
    }

    void agree(const Parameter& parameter, const Node& value) {
        const bool in_file = !value.where.source.empty();
        cite(parameter, {in_file ? value.where.source : "the campaign's own terms", {}, Evidence::agreed});
    }

    void refuse_change(const Parameter& parameter, const PackRow& row, const Node& value) {
        add(FindingKind::forbidden, parameter.path,
            to_text(value) + " was given, but since " + to_text(row.from) + " it is " + to_text(row.value) +
                " and a campaign cannot change that",
            "leaving it out, or another pack to ask 'what if'", row.citation, value.where);
    }

    /// What the parameter depends on, in words: " for GBP".
    [[nodiscard]] std::string for_scope(const Parameter& parameter) const {
        switch (parameter.by) {
            case PackParameter::By::currency:
                return " for " + scope_.currency;
            case PackParameter::By::country:
                return " for " + scope_.country;
            case PackParameter::By::nothing:
                break;
        }
        return {};
    }

    void miss(const Parameter& parameter, const Around& around) {
        const auto whom = for_scope(parameter);
        const auto [before, after] = around;
        if (parameter.offer && !before && !(after && after->began_earlier)) {
            const auto since = after ? " before " + to_text(after->from) : std::string();
            return add(FindingKind::forbidden, parameter.path, "not on offer" + whom + since + ", on " + to_text(on_),
                       offered(parameter, after), after ? after->citation : Citation{});
        }
        std::string what = "not established" + whom;
        if (before) what += " after " + to_text(*before->until);
        if (after) what += " before " + to_text(after->from);
        if (before || after) what += ", on " + to_text(on_);
        add(FindingKind::missing, parameter.path, std::move(what),
            "given.\"" + std::string(parameter.path) + "\" = " + std::string(parameter.value),
            before  ? before->citation
            : after ? after->citation
                    : Citation{});
    }

    [[nodiscard]] std::string offered(const Parameter& parameter, const PackRow* after) const {
        if (after) return "a launch from " + to_text(after->from) + " on";
        if (parameter.by != PackParameter::By::country) return "a campaign without it";
        std::vector<std::string> countries;
        for (const PackRow& row : pack_.rows())
            if (row.parameter == parameter.path && row.from <= on_) countries.push_back(row.scope.country);
        std::sort(countries.begin(), countries.end());
        countries.erase(std::unique(countries.begin(), countries.end()), countries.end());
        std::string list;
        for (const auto& country : countries) (list += list.empty() ? "a creator in " : ", ") += country;
        return list.empty() ? "a later launch" : list;
    }

    void check_currency() {
        const auto& offered = rules_.currencies;
        if (offered.empty() || std::find(offered.begin(), offered.end(), scope_.currency) != offered.end()) return;
        std::string list;
        for (const auto& code : offered) (list += list.empty() ? "" : " or ") += code;
        const PackRow* row = pack_.row("currencies", scope_, on_);
        if (row && row->liftable) list += ", or given.\"currencies\" with " + scope_.currency + " among them";
        add(FindingKind::forbidden, "currencies", scope_.currency + " is not offered in " + scope_.country, list,
            citation_of(rules_.terms, "currencies"));
    }

    /// The draft's own words, in the frame of the rules.
    void join(std::string record) {
        Terms& terms = rules_.terms;
        terms.title = draft_.title;
        terms.pack = std::move(record);
        terms.zone_database = draft_.zone_database;
        terms.currency = draft_.currency;
        terms.model.goal = draft_.goal;
        terms.window.opens = draft_.window.opens;
        terms.window.closes = draft_.window.closes;
        terms.rewards = draft_.rewards;
        terms.add_ons = draft_.add_ons;
        terms.stretch_goals = draft_.stretch_goals;
        for (Reward& reward : terms.rewards)
            if (reward.available) reward.available->closing = rules_.reward_closing;
        for (AddOn& add_on : terms.add_ons)
            if (add_on.available) add_on.available->closing = rules_.reward_closing;
        if (draft_.instalments) terms.instalments = rules_.instalments;
        if (draft_.late_pledges) terms.late_pledges = rules_.late_pledges;

        finish(terms.fees.platform, "platform fee", "fees.platform", rules_.platform_rounding);
        finish(terms.fees.processing, "processing fee", "fees.processing", rules_.processing_rounding);
        if (terms.fees.platform_on_miss)
            finish(*terms.fees.platform_on_miss, "platform fee, goal missed", "fees.platform_on_miss",
                   rules_.platform_rounding);
    }

    void finish(FeeSchedule& schedule, std::string name, std::string_view path, Rounding rounding) {
        schedule.name = std::move(name);
        schedule.rounding = rounding;
        schedule.tax = rules_.fee_tax;
        if (schedule.tax) schedule.tax->citation = citation_of(rules_.terms, "fees.tax");
        schedule.citation = citation_of(rules_.terms, path);
    }

    void check_window() {
        const Window& window = rules_.terms.window;
        const auto& sources = rules_.terms.sources;
        // A window that does not close after it opens is told by defects_of; without a rule there is nothing to
        // compare.
        if (window.closes <= window.opens || sources.find("window.days") == sources.end()) return;
        const bool endless = !window.has_end();
        const Elapsed length = endless ? Elapsed::max() : window.closes - window.opens;
        if (length >= rules_.shortest && length <= rules_.longest) return;
        add(FindingKind::forbidden, "window.days",
            (endless ? "the campaign has no end" : "the campaign lasts " + to_text(length)) + ", but it may last " +
                to_text(rules_.shortest) + " to " + to_text(rules_.longest),
            "a deadline from " + to_text(window.opens + rules_.shortest) + " to " +
                to_text(window.opens + rules_.longest),
            citation_of(rules_.terms, "window.days"));
    }

    const RulePack& pack_;
    const CampaignDraft& draft_;
    Date on_;
    Scope scope_;
    Rules rules_;
    Findings findings_;
};

Finding malformed(std::string_view rule, std::string what, std::string accepted) {
    Finding finding{};
    finding.kind = FindingKind::malformed;
    finding.rule = rule;
    finding.what = std::move(what);
    finding.accepted = std::move(accepted);
    return finding;
}

}  // namespace

const PackRow* RulePack::row(std::string_view parameter, const Scope& scope, Date on) const {
    const Parameter* known = detail::find_parameter(parameter);
    return known ? rows_around(rows_, *known, scope, on).in_force(on) : nullptr;
}

Result<Terms, Findings> RulePack::campaign_terms(Date on, const CampaignDraft& draft) const {
    std::string record = name_ + ", as of " + to_text(on);
    for (const auto& path : changed_) (record += &path == &changed_.front() ? ", changed: " : ", ") += path;
    return TermsMaker(*this, on, draft).make(std::move(record));
}

Result<RulePack, Findings> RulePack::with(std::string_view path, Node value, Scope scope) const {
    const Parameter* parameter = detail::find_parameter(path);
    if (!parameter) {
        const auto nearest = detail::nearest_name(path, detail::parameter_paths());
        return failure(Findings{malformed(path, "'" + std::string(path) + "' is no parameter of a pack",
                                          nearest.empty() ? "a path of pack_parameters()" : std::string(nearest))});
    }
    const auto wanted = [&](std::string& part, PackParameter::By by) { return part.empty() == (parameter->by != by); };
    if (!wanted(scope.currency, PackParameter::By::currency) || !wanted(scope.country, PackParameter::By::country))
        return failure(Findings{malformed(path, "the scope does not fit what the value depends on",
                                          parameter->by == PackParameter::By::currency  ? "a currency and no country"
                                          : parameter->by == PackParameter::By::country ? "a country and no currency"
                                                                                        : "an empty scope")});
    std::optional<Currency> currency;
    if (!scope.currency.empty()) {
        const auto known = Currency::iso(scope.currency);
        if (!known) return failure(Findings{malformed(path, known.error().what, known.error().expected)});
        currency = *known;
    }
    Findings findings;
    Rules scratch;
    if (!detail::read_parameter(*parameter, value, currency, scratch, findings)) return failure(std::move(findings));

    RulePack changed = *this;
    auto& rows = changed.rows_;
    rows.erase(
        std::remove_if(rows.begin(), rows.end(), [&](const PackRow& row) { return applies(row, *parameter, scope); }),
        rows.end());
    PackRow row;
    row.parameter = path;
    row.scope = std::move(scope);
    row.from = Date{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}};
    row.value = std::move(value);
    row.citation = {"what if", {}, Evidence::agreed};
    rows.push_back(std::move(row));
    if (std::find(changed_.begin(), changed_.end(), path) == changed_.end()) changed.changed_.emplace_back(path);
    return changed;
}

}  // namespace crowdrules
