// SPDX-License-Identifier: BSL-1.0
#include "pack.hpp"

#include <crowdrules/rulepacks/load.hpp>

namespace crowdrules::detail {

namespace {

/// The days on which something is sold or comes in, whose rules have to be known.
std::vector<Date> days_of_sales(const Node& timeline) {
    std::vector<Date> days;
    const auto read_day = [](const Node& table, std::string_view name, std::optional<Date>& day) {
        const Node* const found = table.kind == Node::Kind::table ? table.find(name) : nullptr;
        if (!found) return;
        if (const auto read = parse_date(found->text)) day = *read;
    };
    std::optional<Date> on;  // of the line before, where a line has none
    for (const Node& line : timeline.items) {
        read_day(line, "on", on);
        for (const std::string_view sold : {"sale", "return", "receipt"}) {
            const Node* const sale = line.kind == Node::Kind::table ? line.find(sold) : nullptr;
            std::optional<Date> day = on;
            if (sale) read_day(*sale, "sold_on", day);
            if (sale && day) days.push_back(*day);
        }
    }
    return days;
}

revenue::RoyaltyWork work_of(const std::string& name, const std::vector<std::string>& channels) {
    revenue::RoyaltyWork work{name, {}};
    for (const std::string& channel : channels) work.channels.push_back({channel, {}});
    return work;
}

}  // namespace

PlanPack::PlanPack(PlanHeadText head, const Node& node, const Node& timeline, const ReadText& read, PlanReader& values,
                   Findings& findings)
    : head_(std::move(head)), values_(values), findings_(findings) {
    const auto where = [&](std::string_view field) { return (node.find(field) ? *node.find(field) : node).where; };
    if (head_.pack.empty()) {
        for (const std::string_view field : {"on", "through", "given", "parties"})
            if (node.find(field))
                values_.reader().refuse(FindingKind::malformed, where(field), Path{nullptr, field},
                                        "'" + std::string(field) + "', but no pack", "a pack: pack = \"steam\"");
        return;
    }
    if (!head_.on)
        values_.reader().refuse(FindingKind::missing, node.where, Path{nullptr, "on"},
                                "the rules of which day hold is not said", "a date: on = 2018-10-01");
    // A sale after the last day for which the rules were looked up would earn what nobody has established.
    for (const Date day : days_of_sales(timeline))
        if (!head_.through || day > *head_.through) head_.through = day;
    if (head_.on && head_.through && *head_.through < *head_.on) head_.through = head_.on;
    auto pack = load_pack(head_.pack, read);
    if (pack) {
        pack_ = std::move(*pack);
        return;
    }
    for (Finding& finding : pack.error()) {
        finding.where = where("pack");
        findings_.push_back(std::move(finding));
    }
}

bool PlanPack::is_asked_by(const Node& part) {
    const Node* pack = part.kind == Node::Kind::table ? part.find("pack") : nullptr;
    return pack && (pack->kind != Node::Kind::boolean || pack->boolean);
}

RevenueDraft PlanPack::draft() const {
    RevenueDraft draft;
    draft.currency = values_.currency();
    draft.through = head_.through;
    draft.given = head_.given;
    return draft;
}

std::optional<RevenueTerms> PlanPack::terms(RevenueDraft draft, const Node& node, const Path& path) {
    if (!pack_ || !head_.on) {
        if (head_.pack.empty())
            values_.reader().refuse(FindingKind::missing, node.where, path, "the rules of a pack, but there is none",
                                    "[plan] with pack = \"steam\" and a day, or the rules themselves");
        return std::nullopt;
    }
    auto made = pack_->revenue_terms(*head_.on, draft);
    if (made) {
        record_ = made->pack;
        return std::move(*made);
    }
    for (Finding& finding : made.error()) {
        if (finding.where == TextPosition{}) finding.where = node.where;
        // What is wrong with the values that are given is wrong for every part.
        const auto is_same = [&](const Finding& known) {
            return known.rule == finding.rule && known.what == finding.what;
        };
        if (std::none_of(findings_.begin(), findings_.end(), is_same)) findings_.push_back(std::move(finding));
    }
    return std::nullopt;
}

bool PlanPack::read_royalty(const Node& node, const std::string& name, const Path& path, RoyaltiesPart& part) {
    PackRoyaltyText text;
    if (!values_.reader().read(node, text, path)) return false;
    if (text.channels.empty() == text.works.empty())
        return values_.reader().refuse(FindingKind::malformed, node.where, path, "a royalty says once what earns",
                                       "channels = [\"store\"], or works = { \"A game\" = [\"store\"] }");
    RevenueDraft draft = this->draft();
    revenue::RoyaltyAccount& account = draft.accounts.emplace_back();
    account.name = name;
    if (!text.channels.empty()) account.works.push_back(work_of(name, text.channels));
    for (const auto& [work, channels] : text.works) account.works.push_back(work_of(work, channels));
    (void)values_.payee(text.to);
    part.to[name] = text.to;
    auto made = terms(std::move(draft), node, path);
    if (!made) return false;
    part.terms = std::move(*made->royalties);
    return true;
}

bool PlanPack::read_split(const Node& node, const Path& path, SplitPart& part) {
    PackSplitText text;
    if (!values_.reader().read(node, text, path)) return false;
    RevenueDraft draft = this->draft();
    Weight whole = 0;
    if (text.shares && !values_.read_shares(*text.shares, {&path, "shares"}, draft.shares, whole)) return false;
    for (const auto& [party, payee] : head_.parties) draft.parties.emplace(party, values_.payee(payee));
    if (draft.shares.empty() && draft.parties.empty())
        return values_.reader().refuse(FindingKind::missing, node.where, path, "nobody shares",
                                       "shares here, or parties in [plan] where the pack says what they have");
    auto made = terms(std::move(draft), node, path);
    if (!made) return false;
    part.standard = std::move(*made->split);
    return true;
}

bool PlanPack::read_note(const Node& node, const Path& path, NotePart& part) {
    PackNoteText text;
    std::vector<std::pair<revenue::PayeeId, Money>> holders;
    if (!values_.reader().read(node, text, path) || !values_.read_amounts(text.holders, {&path, "holders"}, holders))
        return false;
    RevenueDraft draft = this->draft();
    for (const auto& [payee, invested] : holders) draft.holders.push_back({payee, invested});
    auto made = terms(std::move(draft), node, path);
    if (!made) return false;
    if (!made->note)
        return values_.reader().refuse(FindingKind::missing, node.where, path, "nobody holds the note",
                                       "holders = { Anna = \"600.00\" }");
    part.terms = std::move(*made->note);
    return true;
}

bool PlanPack::read_distribution(const Node& node, const Path& path, revenue::DistributionTerms& terms) {
    PackDistributionText text;
    if (!values_.reader().read(node, text, path)) return false;
    RevenueDraft draft = this->draft();
    draft.payouts = true;
    auto made = this->terms(std::move(draft), node, path);
    if (!made) return false;
    terms = std::move(*made->payouts);
    return true;
}

bool PlanPack::read_tax_status(const Node& node, const Path& path, const std::string& tax_status,
                               revenue::Payee& payee) {
    RevenueDraft draft = this->draft();
    draft.payees.push_back({payee.id, payee.name, tax_status});
    auto made = terms(std::move(draft), node, path);
    if (!made) return false;
    for (revenue::Withholding& one : made->payees.front().withholding) payee.withholding.push_back(std::move(one));
    return true;
}

}  // namespace crowdrules::detail
