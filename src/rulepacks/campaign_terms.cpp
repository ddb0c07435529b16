// SPDX-License-Identifier: BSL-1.0
// The terms of a campaign: its draft in the frame of a pack.
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
    TermsMaker(const RulePack& pack, Date on, const CampaignDraft& draft)
        : pack_(pack),
          draft_(draft),
          on_(on),
          scope_{std::string(draft.currency.code()), draft.country},
          selection_(pack, {on, on, scope_, draft.given, "campaign"}, findings_) {}

    Result<campaign::Terms, Findings> make(std::string record) && {
        selection_.refuse_unknown();
        for (const auto& parameter : detail::parameters<CampaignRules>())
            for (const Held& held : selection_.of(parameter, is_needed(parameter.needed, draft_))) {
                detail::read_parameter(parameter, *held.value, draft_.currency, rules_, findings_);
                rules_.terms.sources.insert_or_assign(std::string(parameter.path), held.citation);
            }
        check_currency();
        join(std::move(record));
        for (Finding& unknown : name_holidays(rules_.terms)) findings_.push_back(std::move(unknown));
        check_window();
        for (Finding& defect : defects_of(rules_.terms)) findings_.push_back(std::move(defect));
        if (has_refusal(findings_)) return failure(std::move(findings_));
        return std::move(rules_.terms);
    }

  private:
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
        terms.model.goal = draft_.goal;
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
    Findings findings_;
    detail::Selection selection_;
};

}  // namespace

Result<campaign::Terms, Findings> RulePack::campaign_terms(Date on, const CampaignDraft& draft) const {
    if (kind_ != PackKind::campaign) return failure(Findings{detail::other_kind(*this, PackKind::campaign)});
    return TermsMaker(*this, on, draft).make(record(on));
}

}  // namespace crowdrules
