// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/rulepacks/pack.hpp>
#include <crowdrules/stories/campaign/scenario.hpp>

#include "kind.hpp"
#include "scenario_text.hpp"
#include <algorithm>
#include <protocol/document.hpp>
#include <set>
#include <stories/expectation_text.hpp>
#include <stories/figures.hpp>
#include <unordered_set>

namespace crowdrules {

namespace {

template <class Line, class... Lines>
constexpr bool is_one_of = (std::is_same_v<Line, Lines> || ...);

}  // namespace

// ------------------------------------------------------------------------------------------------------------- moments

Result<Moment> parse_moment(std::string_view text) {
    constexpr const char* accepted =
        "an instant (2012-04-11T07:00:00Z), a time on the wall of a place (2012-04-11 16:00 Asia/Tokyo), or launch, "
        "deadline or success, alone or with a time before or after it: deadline - 24 hours";
    const auto refuse = [&](const char* what) { return failure(TextError{{}, what, std::string(text), accepted}); };
    constexpr std::pair<std::string_view, Moment::From> names[] = {
        {"launch", Moment::From::launch}, {"deadline", Moment::From::deadline}, {"success", Moment::From::success}};
    for (const auto& [name, from] : names) {
        if (text.substr(0, name.size()) != name) continue;
        const std::string_view rest = text.substr(name.size());
        if (rest.empty()) return Moment{from, {}};
        if (rest.size() < 4 || rest[0] != ' ' || (rest[1] != '+' && rest[1] != '-') || rest[2] != ' ')
            return refuse("not a moment");
        const auto span = parse_elapsed(rest.substr(3));
        if (!span) return refuse("the length of time cannot be read");
        return Moment{from, rest[1] == '-' ? -*span : *span};
    }
    const auto at = parse_instant(text);
    if (!at) return refuse("not a moment");
    return Moment{Moment::From::epoch, at->time_since_epoch()};
}

Happenings happenings_in(const std::vector<TimelineLine>& timeline) {
    Happenings found{false, false, false, false, false};
    const auto add = [&]<class Line>(const Line&) {
        found.pauses |= is_one_of<Line, campaign::PauseCampaign, RaiseClaim>;
        found.moved_ends |= is_one_of<Line, ExtendLine, campaign::CloseEarly>;
        found.cuts |= is_one_of<Line, CancelLine, ChangeLine>;
        found.refunds |=
            is_one_of<Line, RefundLine, campaign::CancelCampaign, campaign::SuspendCampaign, UpholdClaim>;
        found.disputes |= is_one_of<Line, DisputeLine>;
    };
    for (const TimelineLine& line : timeline) std::visit(add, line.what);
    return found;
}

std::string to_text(const Moment& moment) {
    std::string name;
    switch (moment.from) {
        case Moment::From::epoch:
            return to_text(Instant{} + moment.offset);
        case Moment::From::launch:
            name = "launch";
            break;
        case Moment::From::deadline:
            name = "deadline";
            break;
        case Moment::From::success:
            name = "success";
            break;
    }
    if (moment.offset > Elapsed{}) return name + " + " + to_text(moment.offset);
    if (moment.offset < Elapsed{}) return name + " - " + to_text(-moment.offset);
    return name;
}

std::uint64_t Portion::of(std::uint64_t all) const {
    if (const auto* count = std::get_if<std::uint32_t>(&size)) return std::min<std::uint64_t>(*count, all);
    const Decimal share = std::get<Decimal>(size) * Decimal(static_cast<std::int64_t>(all));
    return static_cast<std::uint64_t>(share.rounded(0, RoundingMode::half_even).coefficient());
}

std::uint32_t TimelineLine::pledges() const {
    const auto* line = std::get_if<PledgeLine>(&what);
    if (!line) return 0;
    return refused.empty() ? line->count : std::min(line->count, accepted.value_or(0));
}

std::uint64_t Scenario::pledges() const {
    std::uint64_t sum = 0;
    for (const TimelineLine& line : timeline) sum += line.pledges();
    return sum;
}

namespace detail {
namespace {

/// More would only fill the memory: pledges of a whole platform belong into a table.
constexpr std::uint64_t most_pledges = 1'000'000;

/// Names of rewards or add-ons, in their order. Every line may name one of many.
class Names {
  public:
    /// Whether it is new.
    bool add(const std::string& name) {
        if (!known_.insert(name).second) return false;
        if (list_.size() < most_told) list_ += (list_.empty() ? "'" : ", '") + name + "'";
        return true;
    }
    [[nodiscard]] bool has(const std::string& name) const { return known_.contains(name); }
    /// "one of 'Early bird', 'Plain'"; of very many the first.
    [[nodiscard]] std::string quoted() const {
        if (list_.empty()) return "there are none";
        return "one of " + list_ + (list_.size() < most_told ? "" : ", ...");
    }

  private:
    static constexpr std::size_t most_told = 2'000;

    std::unordered_set<std::string> known_;
    std::string list_;
};

class ScenarioReader {
  public:
    ScenarioReader(const Node& root, const ReadText& read) : root_(root), read_(read) {}

    Result<Scenario, Findings> scenario() {
        FileText file;
        const bool good = read(root_, file, {USD}, findings_);
        // Amounts cannot be read before their currency is known, so a mistake in the terms is told first.
        if (!good || !read_terms(file)) return failure(std::move(findings_));
        scenario_.title = file.scenario.title;
        scenario_.source = file.scenario.source;
        if (scenario_.terms.title.empty()) scenario_.terms.title = scenario_.title;
        reader_.emplace(counted_in(scenario_.terms), findings_);
        for (const campaign::Reward& reward : scenario_.terms.rewards)
            name(rewards_, reward.name, file.terms, "rewards");
        for (const campaign::AddOn& add_on : scenario_.terms.add_ons)
            name(add_ons_, add_on.name, file.terms, "add_ons");

        each(file.timeline, "timeline", [&](const Node& node, const Path& path) { read_line(node, path); });
        each(file.spread, "spread", [&](const Node& node, const Path& path) { read_spread(node, path); });
        read_conduct(file.settlement, {nullptr, "settlement"});
        read_expectations(file.expect, {nullptr, "expect"}, scenario_.expect);
        if (has_refusal(findings_)) return failure(std::move(findings_));
        return std::move(scenario_);
    }

  private:
    // -------------------------------------------------------------------------------------------------------- terms

    /// A story says when each charge is tried, so one that is silent about time for more tries gives none.
    static void assume_no_time_to_collect(campaign::Terms& terms) {
        const auto state = [](std::optional<Elapsed>& length) { length = length.value_or(Elapsed::zero()); };
        state(terms.charges.retry_window);
        if (!terms.instalments) return;
        state(terms.instalments->retry_first);
        state(terms.instalments->retry_later);
    }

    /// What the lines are about, told by their verbs: the lines themselves cannot be read before the terms.
    static Happenings happenings_of(const Node& timeline) {
        const auto happens = [&](std::initializer_list<std::string_view> verbs) {
            return std::any_of(timeline.items.begin(), timeline.items.end(), [&](const Node& line) {
                return line.kind == Node::Kind::table &&
                       std::any_of(verbs.begin(), verbs.end(), [&](auto verb) { return line.find(verb) != nullptr; });
            });
        };
        return {.pauses = happens({"pause", "claim"}),
                .moved_ends = happens({"extend", "close_early"}),
                .cuts = happens({"cancel", "change"}),
                .refunds = happens({"refund", "cancel_campaign", "suspend", "uphold_claim"}),
                .disputes = happens({"dispute"})};
    }

    bool read_terms(const FileText& file) {
        if (file.scenario.pack.empty()) {
            const Path path{nullptr, "terms"};
            // The window and fees have no empty value that a campaign could run with: what lacks is a defect.
            if (!Reader({USD}, findings_, &zones_).read(file.terms, scenario_.terms, path)) return false;
            if (zones_.used) scenario_.terms.zone_database = zones_.database.version();
            assume_no_time_to_collect(scenario_.terms);
            if (auto named = name_holidays(scenario_.terms); !named.empty()) return keep(std::move(named), file.terms);
            return keep(defects_of(scenario_.terms), file.terms);
        }
        auto pack = load_pack(file.scenario.pack, read_);
        if (!pack) return keep(std::move(pack.error()), *root_.find("scenario")->find("pack"));
        CampaignDraft draft;
        if (!Reader({USD}, findings_, &zones_).read(file.terms, draft, Path{nullptr, "terms"})) return false;
        if (zones_.used) draft.zone_database = zones_.database.version();
        if (draft.title.empty()) draft.title = file.scenario.title;
        draft.happenings = happenings_of(file.timeline);
        const Date launched = std::chrono::floor<std::chrono::days>(draft.window.opens);
        auto terms = pack->campaign_terms(file.scenario.on.value_or(launched), draft, read_);
        if (!terms) return keep(std::move(terms.error()), file.terms);
        scenario_.terms = std::move(*terms);
        scenario_.country = std::move(draft.country);
        return true;
    }

    /// Lines call rewards and add-ons by name, so each needs one of its own.
    void name(Names& names, const std::string& name, const Node& terms, std::string_view field) {
        const Path path{nullptr, "terms"};
        if (!names.add(name))
            reader_->refuse(FindingKind::malformed, place_in(terms, field), {&path, field},
                            "two are called '" + name + "'", "a name for each");
    }

    /// Adds findings; those without a place get that of the field they are about, or of `node`. Whether none refuses.
    bool keep(Findings found, const Node& node) {
        const bool good = !has_refusal(found);
        for (Finding& finding : found) {
            if (finding.where == TextPosition{}) finding.where = place_in(node, finding.rule);
            findings_.push_back(std::move(finding));
        }
        return good;
    }

    /// The rule "window.days" is about the field "window", "model.goal" about the goal.
    static TextPosition place_in(const Node& node, std::string_view rule) {
        const std::string_view first = rule.substr(0, rule.find('.'));
        for (const std::string_view field : {rule.substr(rule.find('.') + 1), first})
            if (const Node* value = node.find(field)) return value->where;
        return node.where;
    }

    // ----------------------------------------------------------------------------------------------------- time line

    template <class Read>
    void each(const Node& list, std::string_view name, Read read_item) {
        const Path path{nullptr, name};
        if (list.kind == Node::Kind::table && list.keys.empty()) return;  // it was left out
        if (list.kind != Node::Kind::list) {
            reader_->expected(list, path, "a list");
            return;
        }
        for (std::size_t i = 0; i < list.items.size(); ++i) read_item(list.items[i], Path{&path, {}, i + 1});
    }

    void read_line(const Node& node, const Path& path) {
        LineText text;
        if (!reader_->read(node, text, path)) return;
        TimelineLine line{.where = node.where, .command = text.command, .accepted = text.accepted};
        line.already_done = text.already_done;
        read_moment(text.at, {&path, "at"}, line.at);
        if (text.refused) read_code(*text.refused, {&path, "refused"}, line.refused);
        if (text.expect) read_expectations(*text.expect, {&path, "expect"}, line.expect);

        verbs_ = 0;
        read_pledge_verbs(text, path, line.what);
        read_campaign_verbs(text, path, line.what);
        if (verbs_ > 1) reader_->refuse(node, path, "a line does one thing, but this one does more", "a line for each");
        if (verbs_ == 0 && line.expect.empty())
            reader_->refuse(node, path, "a line that does nothing and expects nothing", "pledge, cancel, refund, ...");
        if (line.accepted && line.refused.empty())
            reader_->refuse(node, {&path, "accepted"}, "how many are accepted before the others are refused",
                            "'refused' beside it, with the code of the refusal");
        if (const auto* pledges = std::get_if<PledgeLine>(&line.what)) check_pledges(*pledges, line, node, path);
        scenario_.timeline.push_back(std::move(line));
    }

    void check_pledges(const PledgeLine& pledges, const TimelineLine& line, const Node& node, const Path& path) {
        const Path verb{&path, "pledge"};
        if (pledges.count == 0) reader_->refuse(node, verb, "a count of 0", "at least 1");
        if (pledges.count > 1 && (!pledges.by.empty() || pledges.id || !line.command.is_none()))
            reader_->refuse(node, verb, "'by', 'id' and 'command' name one pledge, but the count is higher",
                            "a line for each, or 'name' for all of them");
        if (pledges.failing.value_or(0) > pledges.count)
            reader_->refuse(node, verb, "more failing cards than pledges", "at most the count");
        if (pledges.mended.value_or(0) > pledges.failing.value_or(0))
            reader_->refuse(node, verb, "more mended cards than failing ones", "at most 'failing'");
        if (pledges.mended.value_or(0) > 0) some_are_mended_ = true;
        all_pledges_ += pledges.count;
        if (all_pledges_ > most_pledges && all_pledges_ - pledges.count <= most_pledges)
            reader_->refuse(node, verb, "more than 1,000,000 pledges in one scenario", "fewer, or a table");
    }

    void read_pledge_verbs(const LineText& text, const Path& path, LineBody& what) {
        if (text.pledge) {
            const PledgeText& from = *text.pledge;
            const Path verb{&path, "pledge"};
            what = PledgeLine{from.count,   from.by,    from.name, from.id, wanted(from.wanted, verb),
                              from.failing, from.mended};
            ++verbs_;
        }
        if (text.change) {
            what = ChangeLine{chosen(text.change->chosen), wanted(text.change->wanted, {&path, "change"})};
            ++verbs_;
        }
        if (text.supplement) {
            const SupplementText& from = *text.supplement;
            what = SupplementLine{chosen(from.chosen), from.name, wanted(from.wanted, {&path, "supplement"})};
            ++verbs_;
        }
        if (text.cancel) {
            what = CancelLine{chosen(read_about(*text.cancel, {&path, "cancel"}))};
            ++verbs_;
        }
        if (text.charge) {
            const Path verb{&path, "charge"};
            const auto from = read_about(*text.charge, verb);
            what = ChargeLine{.chosen = chosen(from.chosen),
                              .fails = from.fails,
                              .instalment = from.instalment,
                              .amount = amount(from.amount, verb),
                              .fee = amount(from.fee, verb, "fee"),
                              .tax = amount(from.tax, verb, "tax"),
                              .reference = from.reference,
                              .method = from.method};
            ++verbs_;
        }
        if (text.refund) {
            const Path verb{&path, "refund"};
            const auto from = read_about(*text.refund, verb);
            what = RefundLine{.chosen = chosen(from.chosen),
                              .amount = amount(from.amount, verb),
                              .item = from.item,
                              .line = from.line,
                              .fee_returned = amount(from.fee_returned, verb, "fee_returned"),
                              .reference = from.reference};
            ++verbs_;
        }
        if (text.dispute) {
            const Path verb{&path, "dispute"};
            const auto from = read_about(*text.dispute, verb);
            what = DisputeLine{.chosen = chosen(from.chosen),
                               .instalment = from.instalment,
                               .reason = from.reason,
                               .amount = amount(from.amount, verb),
                               .fee = amount(from.fee, verb, "fee"),
                               .reference = from.reference};
            ++verbs_;
        }
        if (text.return_refund) {
            const Path verb{&path, "return_refund"};
            const auto from = read_about(*text.return_refund, verb);
            what = ReturnRefundLine{.chosen = chosen(from.chosen),
                                    .command = {.pledge = {},
                                                .refund = from.refund,
                                                .amount = amount(from.amount, verb),
                                                .item = from.item,
                                                .reason = from.reason,
                                                .reference = from.reference}};
            ++verbs_;
        }
        if (text.dispute_won) {
            what = dispute_end(*text.dispute_won, {&path, "dispute_won"}, true);
            ++verbs_;
        }
        if (text.dispute_lost) {
            what = dispute_end(*text.dispute_lost, {&path, "dispute_lost"}, false);
            ++verbs_;
        }
    }
    DisputeEndLine dispute_end(const Later<std::string, DisputeEndText>& node, const Path& path, bool won) {
        const auto from = read_about(node, path);
        return {chosen(from.chosen), won, amount(from.fee_returned, path, "fee_returned")};
    }

    void read_campaign_verbs(LineText& text, const Path& path, LineBody& what) {
        const auto take = [&](auto& verb) {
            if (!verb) return;
            what = std::move(*verb);
            ++verbs_;
        };
        take(text.pause);
        take(text.resume);
        take(text.cancel_campaign);
        take(text.suspend);
        take(text.close_early);
        take(text.close_late_pledges);
        take(text.ready_to_ship);
        take(text.delivered);
        take(text.approve);
        take(text.reject);
        take(text.verify);
        take(text.relate);
        take(text.claim);
        take(text.dismiss_claim);
        take(text.uphold_claim);
        if (text.pay_out) {
            // People count from 1, the statement's list from 0.
            what = campaign::PayOut{text.pay_out->payout - 1, text.pay_out->reference,
                                    amount(text.pay_out->arrived, {&path, "pay_out"}, "arrived")};
            ++verbs_;
        }
        if (text.return_payout) {
            const ReturnPayoutText& back = *text.return_payout;
            what = campaign::ReturnPayout{back.payout - 1, back.reason, back.reference};
            ++verbs_;
        }
        if (text.record_unmatched) {
            const RecordUnmatchedText& came = *text.record_unmatched;
            what = campaign::RecordUnmatched{
                .reference = came.reference,
                .amount = amount(came.amount, {&path, "record_unmatched"})
                              .value_or(Money::zero(scenario_.terms.currency)),
                .from = came.from,
                .what = came.what};
            ++verbs_;
        }
        if (text.resolve_unmatched) {
            const ResolveUnmatchedText& resolved = *text.resolve_unmatched;
            const Path verb{&path, "resolve_unmatched"};
            what = ResolveUnmatchedLine{.chosen = {.of = resolved.of, .first = {}, .last = {}},
                                        .command = {.unmatched = resolved.unmatched,
                                                    .end = resolved.end,
                                                    .amount = amount(resolved.amount, verb),
                                                    .pledge = {},
                                                    .instalment = resolved.instalment,
                                                    .fee = amount(resolved.fee, verb, "fee"),
                                                    .reference = resolved.reference}};
            ++verbs_;
        }
        if (text.extend) {
            ExtendLine line;
            read_moment(text.extend->to, {&path, "extend"}, line.to);
            what = line;
            ++verbs_;
        }
        if (text.add_reward) rewards_.add(text.add_reward->reward.name);
        take(text.add_reward);
        if (text.add_add_on) add_ons_.add(text.add_add_on->add_on.name);
        take(text.add_add_on);
        if (text.change_reward) {
            what = ChangeRewardLine{text.change_reward->reward, text.change_reward->becomes};
            rewards_.add(text.change_reward->becomes.name);
            ++verbs_;
        }
        if (text.remove_reward) {
            what = RemoveRewardLine{*text.remove_reward};
            ++verbs_;
        }
        if (text.change_add_on) {
            what = ChangeAddOnLine{text.change_add_on->add_on, text.change_add_on->becomes};
            add_ons_.add(text.change_add_on->becomes.name);
            ++verbs_;
        }
        if (text.remove_add_on) {
            what = RemoveAddOnLine{*text.remove_add_on};
            ++verbs_;
        }
    }

    // -------------------------------------------------------------------------------------------------------- values

    /// A table that is about chosen pledges; a text alone chooses all of that name.
    template <class About>
    About read_about(const Later<std::string, About>& node, const Path& path) {
        About about;
        if (node.kind != Node::Kind::text)
            reader_->read(node, about, path);
        else if constexpr (std::is_same_v<About, ChosenText>)
            about.of = node.text;
        else
            about.chosen.of = node.text;
        return about;
    }

    static Chosen chosen(const ChosenText& text) { return {text.of, text.first, text.last}; }

    Wanted wanted(const WantedText& text, const Path& path) {
        Wanted wanted{.reward = text.reward,
                      .ship_to = text.ship_to,
                      .amount = amount(text.amount, path),
                      .bonus = text.bonus,
                      .by_link = text.by_link,
                      .in_instalments = text.in_instalments,
                      .quantity = text.quantity,
                      .giver = text.giver};
        for (std::size_t i = 0; i < text.lines.size(); ++i) {
            const ChargeLineText& line = text.lines[i];
            const Path lines{&path, "lines"};
            wanted.lines.push_back({.line = line.line,
                                    .amount = amount(line.amount, {&lines, {}, i + 1}),
                                    .rate = line.rate,
                                    .included = line.included});
        }
        if (!text.reward.empty()) check_name(text.reward, rewards_, {&path, "reward"});
        for (const auto& [name, count] : text.add_ons) {
            check_name(name, add_ons_, {&path, "add_ons"});
            wanted.add_ons.push_back({name, count});
        }
        return wanted;
    }

    void check_name(const std::string& name, const Names& names, const Path& path) {
        if (names.has(name)) return;
        reader_->refuse(FindingKind::malformed, line_place(path), path, "there is no '" + name + "'", names.quoted());
    }
    /// Where the line of a value stands: names are read without their own place.
    [[nodiscard]] TextPosition line_place(const Path& path) const {
        for (const Path* part = &path; part; part = part->above)
            if (part->index > 0) return root_.find("timeline")->items[part->index - 1].where;
        return {};
    }

    std::optional<Money> amount(const std::optional<Later<Money>>& node, const Path& path,
                                std::string_view field = "amount") {
        Money money = Money::zero(scenario_.terms.currency);
        if (!node || !reader_->read(*node, money, {&path, field})) return std::nullopt;
        return money;
    }

    void read_moment(const Node& node, const Path& path, Moment& moment) {
        if (node.kind != Node::Kind::text && node.kind != Node::Kind::date) {
            reader_->expected(node, path, "a moment: \"launch + 3 days\"");
            return;
        }
        const auto parsed = parse_moment(node.text);
        // A time on the wall of a place begins as an instant does.
        const bool is_on_a_wall = !parsed && !node.text.empty() && node.text[0] >= '0' && node.text[0] <= '9' &&
                                  node.text.find(' ') != std::string::npos;
        Instant at{};
        if (parsed)
            moment = *parsed;
        else if (is_on_a_wall) {
            if (Reader(counted_in(scenario_.terms), findings_, &zones_).read(node, at, path))
                moment = {Moment::From::epoch, at.time_since_epoch()};
        } else
            reader_->refuse(node, path, parsed.error().what, parsed.error().expected);
    }

    void read_code(const Node& node, const Path& path, std::string& code) {
        const auto codes = enumerator_names<campaign::RejectionCode>();
        if (node.kind == Node::Kind::text && std::find(codes.begin(), codes.end(), node.text) != codes.end()) {
            code = node.text;
            return;
        }
        std::string accepted = "the code of a refusal, such as reward_sold_out";
        if (const auto near = nearest_name(node.text, {codes.begin(), codes.end()}); !near.empty()) accepted = near;
        reader_->refuse(node, path, "no refusal has this code", accepted);
    }

    void read_portion(const std::optional<Later<std::uint32_t, Decimal>>& node, const Path& path, Portion& portion) {
        if (!node) return;
        std::uint32_t count = 0;
        if (node->kind == Node::Kind::integer) {
            if (reader_->read(*node, count, path)) portion.size = count;
            return;
        }
        Decimal share;
        if (node->kind != Node::Kind::text || node->text.find('%') == std::string::npos) {
            reader_->expected(*node, path, "a number of charges, or a share of them as text: \"4%\"");
            return;
        }
        if (!reader_->read(*node, share, path)) return;
        if (share.is_negative() || Decimal(1) < share)
            reader_->refuse(*node, path, "a share outside 0% to 100%", "\"4%\"");
        else
            portion.size = share;
    }

    void read_conduct(const Node& node, const Path& path) {
        ConductText text;
        if (!reader_->read(node, text, path)) return;
        Conduct& conduct = scenario_.conduct;
        conduct.charges = text.charges == Acts::when_due;
        conduct.payouts = text.payouts == Acts::when_due;
        conduct.mended_after = text.mended_after;
        read_portion(text.failing, {&path, "failing"}, conduct.failing);
        read_portion(text.mended, {&path, "mended"}, conduct.mended);
        if ((some_are_mended_ || text.mended) && text.mended_after == Elapsed{})
            reader_->refuse(FindingKind::missing, node.where, {&path, "mended_after"}, "cards are mended, but not when",
                            "how long after the charge fell due: \"3 days\"");
    }

    void read_spread(const Node& node, const Path& path) {
        SpreadText text;
        if (!reader_->read(node, text, path)) return;
        if (text.step < 1) reader_->refuse(node, {&path, "step"}, "a step below one minor unit", "at least 0.01");
        for (const std::string& name : text.except)
            if (!rewards_.has(name))
                reader_->refuse(node, {&path, "except"}, "there is no '" + name + "'", rewards_.quoted());
        scenario_.spreads.push_back({.amount = Money(text.amount, scenario_.terms.currency),
                                     .by = text.by,
                                     .split = {text.method, std::max<std::int64_t>(text.step, 1)},
                                     .except = text.except,
                                     .where = node.where});
    }

    // -------------------------------------------------------------------------------------------------- expectations

    void read_expectations(const Node& node, const Path& path, Expectations& expectations) {
        const campaign::Terms& terms = scenario_.terms;
        const auto kind = [&](std::string_view name) {
            return kind_of_figure(name, terms.currency, terms.model.measure);
        };
        ExpectationReader(*reader_, kind, known_figures()).read(node, path, expectations);
    }

    const Node& root_;
    const ReadText& read_;
    Zones zones_{system_zones()};
    Findings findings_;
    std::optional<Reader> reader_;
    Scenario scenario_;
    Names rewards_, add_ons_;  ///< that the lines so far may name
    int verbs_ = 0;            ///< of the line being read
    bool some_are_mended_ = false;
    std::uint64_t all_pledges_ = 0;
};

}  // namespace

Result<Scenario, Findings> scenario_of(const Node& root, const ReadText& read) {
    return ScenarioReader(root, read).scenario();
}

}  // namespace detail

Result<Scenario, Findings> parse_scenario(std::string_view text, std::string_view source, const ReadText& read) {
    const auto root = detail::parse_toml(text, std::string(source));
    if (root) return detail::scenario_of(*root, read);
    return failure(Findings{detail::finding_of(root.error())});
}

}  // namespace crowdrules
