// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/rejection.hpp>
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/stories/community/story.hpp>

#include "figures.hpp"
#include "kind.hpp"
#include "names.hpp"
#include "story_text.hpp"
#include <algorithm>
#include <campaign/schema/command.hpp>
#include <chrono>
#include <protocol/document.hpp>
#include <stories/expectation_text.hpp>

namespace crowdrules {

std::uint64_t CommunityStory::commands() const {
    std::uint64_t sum = 0;
    for (const CommunityLine& line : timeline) sum += line.commands.size();
    return sum;
}

namespace detail {
namespace {

/// More would only fill the memory.
constexpr std::uint64_t most_commands = 1'000'000;

/// Adds a field to a table that lacks it.
void fill_in(Node& table, std::string_view field, Node value) {
    if (table.kind != Node::Kind::table || table.find(field)) return;
    value.where = table.where;
    table.keys.push_back({std::string(field), table.where});
    table.items.push_back(std::move(value));
}

/// The last day on which the time line sells something: until then the rates have to be known.
std::optional<Date> last_day_of_sales(const Node& timeline) {
    std::optional<Date> last;
    for (const Node& line : timeline.items) {
        const Node* const sale = line.kind == Node::Kind::table ? line.find("record_sale") : nullptr;
        const Node* const sold_on = sale && sale->kind == Node::Kind::table ? sale->find("sold_on") : nullptr;
        if (!sold_on) continue;
        const auto day = parse_date(sold_on->text);
        if (day && (!last || *day > *last)) last = *day;
    }
    return last;
}

class CommunityReader {
  public:
    CommunityReader(const Node& root, const ReadText& read) : root_(root), read_(read) {}

    Result<CommunityStory, Findings> story() {
        CommunityFileText file;
        if (!Reader({USD}, findings_, &zones_).read(root_, file, Path{})) return failure(std::move(findings_));
        story_.title = file.community.title;
        story_.source = file.community.source;
        story_.founded = file.community.founded;
        decided_by_ = file.community.decided_by;
        names_.collect(file.timeline);
        if (!read_terms(file)) return failure(std::move(findings_));
        if (story_.terms.title.empty()) story_.terms.title = story_.title;

        reader_.emplace(CountedIn{story_.terms.currency}, findings_, &zones_, &names_);
        read_timeline(file.timeline);
        CommunityConductText conduct;
        if (reader_->read(file.settlement, conduct, {nullptr, "settlement"}))
            story_.conduct = {conduct.charges == Acts::when_due, conduct.payments == Acts::when_due};
        read_expectations(file.expect, {nullptr, "expect"}, story_.expect);
        if (has_refusal(findings_)) return failure(std::move(findings_));
        return std::move(story_);
    }

  private:
    bool read_terms(const CommunityFileText& file) {
        return file.community.pack.empty() ? read_own_terms(file) : read_pack_terms(file);
    }

    bool read_pack_terms(const CommunityFileText& file) {
        const CommunityHeadText& head = file.community;
        const Node& table = *root_.find("community");
        auto pack = load_pack(head.pack, read_);
        if (!pack) return keep(std::move(pack.error()), *table.find("pack"));

        const Path path{nullptr, "terms"};
        Reader reader({USD}, findings_, &zones_, &names_);
        for (const std::string_view field :
             {"submission", "evaluation", "influence", "rights", "royalty", "payouts", "pack", "sources"})
            if (const Node* own = file.terms.find(field))
                reader.refuse(*own, {&path, field}, "the rules are those of the pack '" + head.pack + "'",
                              "what it does not establish under [community]: given = { \"evaluation.weight\" = ... }");
        if (has_refusal(findings_)) return false;
        CommunityDraftText text;
        if (!reader.read(file.terms, text, path)) return false;

        CommunityDraft draft{.title = text.title.empty() ? head.title : text.title, .currency = text.currency};
        draft.company = party(text.company);
        draft.channels = text.channels;
        for (const auto& [role, name] : text.parties) draft.parties.emplace(role, party(name));
        draft.payouts_from = text.payouts_from;
        draft.given = head.given;
        const Date on = head.on.value_or(Date{std::chrono::floor<std::chrono::days>(head.founded)});
        draft.through = last_day_of_sales(file.timeline);
        if (draft.through && *draft.through < on) draft.through.reset();
        auto terms = pack->community_terms(on, draft);
        if (!terms) {
            const Node* given = table.find("given");
            return keep(std::move(terms.error()), given ? *given : *table.find("pack"));
        }
        story_.terms = std::move(*terms);
        return true;
    }

    /// Whoever the terms name takes title or is paid without joining.
    revenue::PayeeId party(const std::string& name) {
        names_.add_party(name);
        const auto& members = story_.names.members.at(name);
        return revenue::PayeeId{members.front().value};
    }

    /// Adds findings; those without a place get that of `node`. Whether none refuses.
    bool keep(Findings found, const Node& node) {
        const bool good = !has_refusal(found);
        for (Finding& finding : found) {
            if (finding.where == TextPosition{}) finding.where = node.where;
            findings_.push_back(std::move(finding));
        }
        return good;
    }

    bool read_own_terms(const CommunityFileText& file) {
        const Node& table = *root_.find("community");
        for (const std::string_view field : {"on", "given"})
            if (const Node* node = table.find(field))
                Reader({USD}, findings_)
                    .refuse(*node, Path{nullptr, field}, "'" + std::string(field) + "', but no pack",
                            "a pack: pack = \"quirky\"");
        if (has_refusal(findings_)) return false;
        // Whoever the terms name takes title or is paid without joining.
        for (const auto& path :
             {std::vector<std::string_view>{"rights", "company"}, {"influence", "unclaimed", "payee"}}) {
            const Node* node = &file.terms;
            for (const std::string_view field : path) node = node ? node->find(field) : nullptr;
            if (node && node->kind == Node::Kind::text) names_.add_party(node->text);
        }
        Reader reader({USD}, findings_, &zones_, &names_);
        if (!reader.read(file.terms, story_.terms, Path{nullptr, "terms"})) return false;
        return keep(defects_of(story_.terms), file.terms);
    }

    void read_timeline(const Node& timeline) {
        const Path path{nullptr, "timeline"};
        if (timeline.kind == Node::Kind::table && timeline.keys.empty()) return;  // it was left out
        if (timeline.kind != Node::Kind::list) {
            reader_->expected(timeline, path, "a list");
            return;
        }
        for (std::size_t i = 0; i < timeline.items.size(); ++i) read_line(timeline.items[i], Path{&path, {}, i + 1});
    }

    void read_line(const Node& node, const Path& path) {
        CommunityLineText text;
        if (!reader_->read(node, text, path)) return;
        CommunityLine line{.where = node.where, .at = text.at, .command = text.command, .accepted = text.accepted};
        line.already_done = text.already_done;
        if (text.refused) read_code(*text.refused, {&path, "refused"}, line.refused);
        if (text.expect) read_expectations(*text.expect, {&path, "expect"}, line.expect);

        names_.allow_unknown(!line.refused.empty());
        int verbs = 0;
        text.verbs.each([&](std::string_view verb, auto& what) {
            if (!what) return;
            ++verbs;
            read_verb(verb, std::move(*what), {&path, verb}, line.commands);
        });
        names_.allow_unknown(false);
        if (verbs > 1) reader_->refuse(node, path, "a line does one thing, but this one does more", "a line for each");
        if (verbs == 0 && line.expect.empty())
            reader_->refuse(node, path, "a line that does nothing and expects nothing", "hand_in_idea, cast_vote, ...");
        if (line.accepted && line.refused.empty())
            reader_->refuse(node, {&path, "accepted"}, "how many are accepted before the others are refused",
                            "'refused' beside it, with the code of the refusal");
        if (!line.command.is_none() && line.commands.size() > 1)
            reader_->refuse(node, {&path, "command"}, "'command' names one command, but the line has more",
                            "a line for each");
        commands_ += line.commands.size();
        if (commands_ > most_commands && commands_ - line.commands.size() <= most_commands)
            reader_->refuse(node, path, "more than 1,000,000 commands in one story", "fewer");
        story_.timeline.push_back(std::move(line));
    }

    void read_verb(std::string_view verb, Node what, const Path& path, std::vector<community::CommandBody>& commands) {
        if (verb == "join_community" && what.kind == Node::Kind::table) {
            // The count has made a crowd of the name already.
            for (std::size_t i = 0; i < what.keys.size(); ++i)
                if (what.keys[i].name == "count") {
                    const Node& count = what.items[i];
                    if (count.kind != Node::Kind::integer || count.integer < 1 ||
                        count.integer > CommunityNames::most_in_crowd)
                        reader_->refuse(count, {&path, "count"}, "not the size of a crowd",
                                        "a whole number from 1 to 1,000,000");
                    what.keys.erase(what.keys.begin() + static_cast<std::ptrdiff_t>(i));
                    what.items.erase(what.items.begin() + static_cast<std::ptrdiff_t>(i));
                    break;
                }
        }
        for (Node& one : names_.each(std::move(what), *reader_, path)) {
            if (verb == alternative_name<CommitText>)
                read_commit(one, path, commands);
            else if (verb == alternative_name<UncommitText>)
                read_uncommit(one, path, commands);
            else
                read_command(verb, one, path, commands, static_cast<community::CommandBody*>(nullptr));
        }
    }

    template <class... Alternatives>
    void read_command(std::string_view verb, Node& node, const Path& path,
                      std::vector<community::CommandBody>& commands, std::variant<Alternatives...>*) {
        const auto read_as = [&]<class Alternative>(std::type_identity<Alternative>) {
            if (alternative_name<Alternative> != verb) return false;
            if constexpr (std::is_same_v<Alternative, community::RecordSale>)
                fill_in(node, "sale", Node::of(static_cast<std::int64_t>(names_.next_sale())));
            Alternative command{};
            if constexpr (requires { command.decided_by; })
                if (!decided_by_.empty()) fill_in(node, "decided_by", Node::of(decided_by_));
            if (reader_->read(node, command, path)) {
                complete(command, node);
                commands.push_back(std::move(command));
            }
            return true;
        };
        (read_as(std::type_identity<Alternatives>{}) || ...);
    }

    /// Fills in what goes without saying.
    template <class Command>
    void complete(Command& command, const Node& node) {
        if constexpr (requires { command.title; })
            if (const Node* idea = node.find("idea"); command.title.empty() && idea && idea->kind == Node::Kind::text)
                command.title = idea->text;
        if constexpr (std::is_same_v<Command, community::JoinCommunity>)
            if (command.name.empty()) command.name = names_.name_of(command.member);
        if constexpr (std::is_same_v<Command, community::OpenPresale>) {
            presales_[command.product] = command.terms;
            if (command.terms) story_.names.presales[command.product] = command.terms->model.measure;
        }
    }

    void read_commit(const Node& node, const Path& path, std::vector<community::CommandBody>& commands) {
        CommitText text;
        if (!reader_->read(node, text, path)) return;
        campaign::PledgeChoice choice{.reward = text.reward, .amount = Money::zero(story_.terms.currency)};
        const auto presale = presales_.find(text.product);
        const std::size_t place = text.reward.value - 1;
        if (text.amount)
            choice.amount = *text.amount;
        else if (presale != presales_.end() && place < presale->second->rewards.size())
            choice.amount = Money(presale->second->rewards[place].minimum, story_.terms.currency);
        const PledgeId pledge{++pledges_};
        commitments_[{text.product, text.member}] = pledge;
        commands.push_back(
            community::ActOnPresale{text.product, campaign::MakePledge{pledge, BackerId{text.member.value}, choice}});
    }

    void read_uncommit(const Node& node, const Path& path, std::vector<community::CommandBody>& commands) {
        UncommitText text;
        if (!reader_->read(node, text, path)) return;
        const auto pledge = commitments_.find({text.product, text.member});
        if (pledge == commitments_.end()) {
            reader_->refuse(node, path, "no line before this one commits this member to this product",
                            "a member who is committed");
            return;
        }
        commands.push_back(community::ActOnPresale{text.product, campaign::CancelPledge{pledge->second}});
    }

    void read_code(const Node& node, const Path& path, std::string& code) {
        const auto codes = enumerator_names<community::RejectionCode>();
        if (node.kind == Node::Kind::text && std::find(codes.begin(), codes.end(), node.text) != codes.end()) {
            code = node.text;
            return;
        }
        std::string accepted = "the code of a refusal, such as votes_used_up";
        if (const auto near = nearest_name(node.text, {codes.begin(), codes.end()}); !near.empty()) accepted = near;
        reader_->refuse(node, path, "no refusal has this code", accepted);
    }

    void read_expectations(const Node& node, const Path& path, Expectations& expectations) {
        ExpectationReader(
            *reader_, [&](std::string_view name) { return kind_of_community_figure(name, story_.names, story_.terms); },
            known_community_figures())
            .read(node, path, expectations);
    }

    const Node& root_;
    const ReadText& read_;
    Zones zones_{system_zones()};
    Findings findings_;
    std::optional<Reader> reader_;
    CommunityStory story_;
    CommunityNames names_{story_.names};
    std::string decided_by_;
    std::map<community::IdeaId, std::shared_ptr<const campaign::Terms>> presales_;
    std::map<std::pair<community::IdeaId, community::MemberId>, PledgeId> commitments_;
    std::uint64_t pledges_ = 0, commands_ = 0;
};

}  // namespace

Result<CommunityStory, Findings> community_story_of(const Node& root, const ReadText& read) {
    return CommunityReader(root, read).story();
}

}  // namespace detail

Result<CommunityStory, Findings> parse_community(std::string_view text, std::string_view source, const ReadText& read) {
    const auto root = detail::parse_toml(text, std::string(source));
    if (root) return detail::community_story_of(*root, read);
    return failure(Findings{detail::finding_of(root.error())});
}

}  // namespace crowdrules
