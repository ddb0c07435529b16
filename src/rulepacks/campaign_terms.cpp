// SPDX-License-Identifier: BSL-1.0
// The terms of a campaign: its draft in the frame of a pack.
#include <crowdrules/rulepacks/load.hpp>

#include "campaign_rules.hpp"
#include "selection.hpp"

#include <crowdrules/rulepacks/load.hpp>

#include <algorithm>

namespace crowdrules {

namespace {

using detail::CampaignRules;
using detail::Held;
using detail::Needed;

bool is_needed(Needed needed, const CampaignDraft& draft) {
    switch (needed) {
        case Needed::always:
            return true;
        case Needed::for_dated_rewards: {
            const auto is_dated = [](const auto& item) { return item.available.has_value(); };
            return std::any_of(draft.rewards.begin(), draft.rewards.end(), is_dated) ||
                   std::any_of(draft.add_ons.begin(), draft.add_ons.end(), is_dated);
        }
        case Needed::for_pauses:
            return draft.happenings.pauses;
        case Needed::for_moved_ends:
            return draft.happenings.moved_ends;
        case Needed::for_cuts:
            return draft.happenings.cuts;
        case Needed::for_refunds:
            return draft.happenings.refunds;
        case Needed::for_disputes:
            return draft.happenings.disputes;
        case Needed::for_late_pledges:
            return draft.late_pledges;
        case Needed::for_instalments:
            return draft.instalments;
        default:
            return false;
    }
}

/// Makes terms of a pack and a draft, and keeps what the rules say against it.
class TermsMaker {
  public:
    TermsMaker(const RulePack& pack, Date on, const CampaignDraft& draft, const RulePack* assumed)
        : pack_(pack),
          draft_(draft),
          on_(on),
          scope_{std::string(draft.currency.code()), draft.country},
          assumed_(assumed),
          selection_(pack, {on, on, scope_, draft.given, "campaign", assumed}, findings_) {}

    Result<campaign::Terms, Findings> make(std::string record) && {
        selection_.refuse_unknown();
        for (const auto& parameter : detail::parameters<CampaignRules>()) take(parameter);
        if (assumed_ && known_ == 0) return failure(Findings{nothing_known()});
        check_currency();
        join(std::move(record));
        for (Finding& unknown : name_holidays(rules_.terms)) findings_.push_back(std::move(unknown));
        check_window();
        // What is missing or refused already would only be told again.
        Findings defects = defects_of(rules_.terms);
        std::erase_if(defects, [&](const Finding& defect) {
            return std::any_of(findings_.begin(), findings_.end(), [&](const Finding& told) {
                return told.kind == FindingKind::missing && told.rule == defect.rule;
            });
        });
        for (Finding& defect : defects) findings_.push_back(std::move(defect));
        if (has_refusal(findings_)) {
            propose_assumptions();
            return failure(std::move(findings_));
        }
        rules_.terms.pack += counts_text();
        return std::move(rules_.terms);
    }

  private:
    void take(const detail::Parameter<CampaignRules>& parameter) {
        const bool needed = is_needed(parameter.needed, draft_);
        for (const Held& held : selection_.of(parameter, needed)) {
            detail::read_parameter(parameter, *held.value, draft_.currency, rules_, findings_);
            rules_.terms.sources.insert_or_assign(std::string(parameter.path), held.citation);
            const Evidence grade = held.citation.evidence;
            if (held.is_carried || (grade != Evidence::agreed && grade != Evidence::assumed)) ++known_;
        }
        // Its value decides nothing, but a reader asks where it comes from.
        const bool is_for_some = parameter.needed != Needed::always && parameter.needed < Needed::for_late_pledges;
        if (!needed && is_for_some && !rules_.terms.sources.contains(parameter.path))
            rules_.terms.sources.emplace(parameter.path, detail::not_asked_for);
    }

    /// A platform of which nothing is known for a day may not have been there, or be another one by then.
    [[nodiscard]] Finding nothing_known() const {
        const auto& rows = pack_.rows();
        const auto [first, last] = std::minmax_element(
            rows.begin(), rows.end(), [](const PackRow& a, const PackRow& b) { return a.from < b.from; });
        Finding finding{FindingKind::forbidden, "assume",
                        "no rule of " + pack_.name() + " is known for " + to_text(on_) + ", nor for a day near it", {}};
        if (first != rows.end())
            finding.accepted = "a day from " + to_text(first->from) + " to " +
                               to_text(last->until ? std::max(*last->until, last->from) : last->from);
        return finding;
    }

    void propose_assumptions() {
        const auto missing = std::count_if(findings_.begin(), findings_.end(),
                                           [](const Finding& finding) { return finding.kind == FindingKind::missing; });
        if (assumed_ || missing == 0) return;
        std::string names;
        for (const std::string& name : assumption_names())
            (names += names.empty() ? "" : " or ") += "assume = \"" + name + "\"";
        selection_.add(FindingKind::remark, "assume",
                       (missing == 1 ? "1 value is" : std::to_string(missing) + " values are") +
                           " not established; a set of assumptions fills what no source says, and is listed",
                       names);
    }

    [[nodiscard]] std::string counts_text() const {
        const RuleCounts counts = counts_of(rules_.terms);
        std::string text = ", " + std::to_string(counts.established) +
                           (counts.established == 1 ? " value established" : " values established");
        if (counts.given > 0) text += ", " + std::to_string(counts.given) + " given";
        text += counts.assumed > 0 ? ", " + std::to_string(counts.assumed) + " assumed" : ", none assumed";
        return assumed_ ? text + " (" + assumed_->name() + ")" : text;
    }

    void check_currency() {
        const auto& offered = rules_.currencies;
        if (offered.empty() || std::find(offered.begin(), offered.end(), scope_.currency) != offered.end()) return;
        std::string list;
        for (const auto& code : offered) (list += list.empty() ? "" : " or ") += code;
        const PackRow* row = pack_.row("currencies", scope_, on_);
        if (row && row->liftable) list += ", or given.\"currencies\" with " + scope_.currency + " among them";
        selection_.add(FindingKind::forbidden, "currencies", scope_.currency + " is not offered in " + scope_.country,
                       list, citation_of(rules_.terms, "currencies"));
    }

    /// The draft's own words, in the frame of the rules.
    void join(std::string record) {
        campaign::Terms& terms = rules_.terms;
        terms.title = draft_.title;
        terms.pack = std::move(record);
        terms.zone_database = draft_.zone_database;
        terms.currency = draft_.currency;
        terms.model.goal = rules_.goal_decides ? draft_.goal : 0;
        terms.window.opens = draft_.window.opens;
        terms.window.closes = draft_.window.closes;
        terms.rewards = draft_.rewards;
        terms.add_ons = draft_.add_ons;
        terms.stretch_goals = draft_.stretch_goals;
        for (campaign::Reward& reward : terms.rewards)
            if (reward.available) reward.available->closing = rules_.reward_closing;
        for (campaign::AddOn& add_on : terms.add_ons)
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
        selection_.add(FindingKind::forbidden, "window.days",
                       (endless ? "the campaign has no end" : "the campaign lasts " + to_text(length)) +
                           ", but it may last " + to_text(rules_.shortest) + " to " + to_text(rules_.longest),
                       "a deadline from " + to_text(window.opens + rules_.shortest) + " to " +
                           to_text(window.opens + rules_.longest),
                       citation_of(rules_.terms, "window.days"));
    }

    const RulePack& pack_;
    const CampaignDraft& draft_;
    Date on_;
    Scope scope_;
    CampaignRules rules_;
    const RulePack* assumed_;
    std::size_t known_ = 0;  ///< values that the platform is seen to have, on this day or another
    Findings findings_;
    detail::Selection selection_;
};

}  // namespace

RuleCounts counts_of(const campaign::Terms& terms) {
    RuleCounts counts;
    for (const auto& [path, citation] : terms.sources) {
        const detail::ParameterHead* parameter = detail::find_parameter(PackKind::campaign, path);
        if (!parameter || parameter->value == detail::words || citation == detail::not_asked_for) continue;
        ++(citation.evidence == Evidence::assumed  ? counts.assumed
           : citation.evidence == Evidence::agreed ? counts.given
                                                   : counts.established);
    }
    return counts;
}

std::map<std::string, Citation, std::less<>> assumed_in(const campaign::Terms& terms) {
    std::map<std::string, Citation, std::less<>> assumed;
    for (const auto& [path, citation] : terms.sources)
        if (citation.evidence == Evidence::assumed) assumed.emplace(path, citation);
    return assumed;
}

Result<campaign::Terms, Findings> RulePack::campaign_terms(Date on, const CampaignDraft& draft,
                                                           const ReadText& read) const {
    if (kind_ != PackKind::campaign || assumes_)
        return failure(Findings{detail::other_kind(*this, PackKind::campaign)});
    if (draft.assume.empty()) return TermsMaker(*this, on, draft, nullptr).make(record(on));
    const auto assumed = load_assumptions(draft.assume, read);
    if (!assumed) {
        Findings findings = assumed.error();
        for (Finding& finding : findings)
            if (finding.rule.empty()) finding.rule = "assume";
        return failure(std::move(findings));
    }
    return TermsMaker(*this, on, draft, &*assumed).make(record(on));
}

}  // namespace crowdrules
