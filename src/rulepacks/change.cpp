// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/protocol/journal.hpp>
#include <crowdrules/rulepacks/change.hpp>

#include <algorithm>
#include <charconv>
#include <protocol/chain.hpp>
#include <protocol/document.hpp>
#include <protocol/reader.hpp>

namespace crowdrules {

namespace {

const Citation what_if{"what if", {}, Evidence::agreed};

/// One step of a path: a field, or an item of a list.
struct Step {
    std::string_view name;
    std::size_t item = 0;  ///< from 1; 0: a field
};

Finding malformed(std::string_view path, std::string what, std::string accepted) {
    return {FindingKind::malformed, std::string(path), std::move(what), std::move(accepted)};
}

/// "rewards[2].minimum" as rewards, 2, minimum; nothing for what is no path.
std::optional<std::vector<Step>> steps_of(std::string_view path) {
    std::vector<Step> steps;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find_first_of(".["), path.size());
        if (end == 0) return std::nullopt;
        steps.push_back({path.substr(0, end)});
        path.remove_prefix(end);
        while (!path.empty() && path.front() == '[') {
            const std::size_t close = path.find(']');
            if (close == std::string_view::npos) return std::nullopt;
            std::size_t item = 0;
            const auto [last, error] = std::from_chars(path.data() + 1, path.data() + close, item);
            if (error != std::errc{} || last != path.data() + close || item == 0) return std::nullopt;
            steps.push_back({{}, item});
            path.remove_prefix(close + 1);
        }
        if (path.empty()) break;
        if (path.front() != '.' || path.size() == 1) return std::nullopt;
        path.remove_prefix(1);
    }
    if (steps.empty()) return std::nullopt;
    return steps;
}

Node* field_of(Node& table, std::string_view name) {
    for (std::size_t i = 0; i < table.keys.size(); ++i)
        if (table.keys[i].name == name) return &table.items[i];
    return nullptr;
}

Node& field_or_new(Node& table, std::string_view name) {
    if (Node* field = field_of(table, name)) return *field;
    table.keys.push_back({std::string(name), {}});
    return table.items.emplace_back();
}

void remove_field(Node& table, std::string_view name) {
    for (std::size_t i = 0; i < table.keys.size(); ++i) {
        if (table.keys[i].name != name) continue;
        table.keys.erase(table.keys.begin() + static_cast<std::ptrdiff_t>(i));
        table.items.erase(table.items.begin() + static_cast<std::ptrdiff_t>(i));
        return;
    }
}

bool is_none(const Node& value) {
    return value.kind == Node::Kind::text && value.text == "none";
}

/// Lays a value over another: fields of tables one by one, anything else as a whole.
void lay_over(Node& below, const Node& value) {
    if (below.kind != Node::Kind::table || value.kind != Node::Kind::table) {
        below = value;
        return;
    }
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
        if (is_none(value.items[i]))
            remove_field(below, value.keys[i].name);
        else
            lay_over(field_or_new(below, value.keys[i].name), value.items[i]);
    }
}

/// Changes one value; why it cannot be, or nothing.
std::optional<Finding> set(Node& root, std::string_view path, const Node& value) {
    const auto steps = steps_of(path);
    const auto refuse = [&](std::string what, std::string accepted) {
        return malformed(path, std::move(what), std::move(accepted));
    };
    if (!steps) return refuse("this is no path", "names with dots: limits.maximum, rewards[2].minimum");
    // What a path makes is read and let go level by level.
    if (steps->size() > detail::deepest_nesting)
        return refuse("a path of " + std::to_string(steps->size()) + " steps",
                      "at most " + std::to_string(detail::deepest_nesting));
    Node* node = &root;
    for (std::size_t i = 0; i < steps->size(); ++i) {
        const Step& step = (*steps)[i];
        const bool is_last = i + 1 == steps->size();
        if (step.item > 0) {
            if (node->kind != Node::Kind::list || step.item > node->items.size()) {
                const std::size_t size = node->kind == Node::Kind::list ? node->items.size() : 0;
                return refuse("there is no item " + std::to_string(step.item),
                              size == 0 ? "a field without items" : "1 to " + std::to_string(size));
            }
            node = &node->items[step.item - 1];
        } else if (node->kind != Node::Kind::table) {
            return refuse("'" + std::string(step.name) + "' lies within a value that has no fields",
                          "the path of the value itself");
        } else if (is_last && is_none(value)) {
            remove_field(*node, step.name);
            return std::nullopt;
        } else {
            node = &field_or_new(*node, step.name);
        }
    }
    lay_over(*node, value);
    return std::nullopt;
}

std::vector<std::string> full_paths(const Node& root, const std::string& path) {
    if (path == "goal") return {"model.goal"};
    if (path != "fees.tax") return {path};
    std::vector<std::string> paths;
    const Node* fees = root.find("fees");
    for (const char* name : {"platform", "platform_on_miss", "processing"})
        if (fees && fees->find(name)) paths.push_back("fees." + std::string(name) + ".tax");
    return paths;
}

/// Whether the rule `outer` is `inner` or contains it.
bool contains(std::string_view outer, std::string_view inner) {
    return inner.substr(0, outer.size()) == outer &&
           (inner.size() == outer.size() || inner[outer.size()] == '.' || inner[outer.size()] == '[');
}

void cite_change(campaign::Terms& terms, const std::string& path) {
    bool known = false;
    for (auto& [rule, citation] : terms.sources) {
        if (!contains(rule, path) && !contains(path, rule)) continue;
        citation = what_if;
        known = true;
    }
    if (!known) terms.sources.emplace(path, what_if);
    if (contains("fees.platform", path)) terms.fees.platform.citation = what_if;
    if (contains("fees.processing", path)) terms.fees.processing.citation = what_if;
    if (terms.fees.platform_on_miss && contains("fees.platform_on_miss", path))
        terms.fees.platform_on_miss->citation = what_if;
}

Node tree_of(const campaign::Terms& terms) {
    return detail::parse_json(to_json(terms), {}).value();
}

// --------------------------------------------------------------------------------------------------------- differences

/// A value of some terms, at the place where it is written.
struct Leaf {
    std::string path;
    std::string value;
    Citation citation;
};

/// Rules that packs call by another name than the field that holds them.
std::string_view rule_of(std::string_view path) {
    constexpr std::pair<std::string_view, std::string_view> others[] = {
        {"may_extend", "window.fixed"},
        {"may_close_early", "window.fixed"},
        {"paused_clock", "window.paused_clock"},
        {"model", "model.goal"},
        {"payouts.later_first_after", "payouts.later"},
        {"payouts.later_every", "payouts.later"},
        {"payouts.later_cut_off", "payouts.later"},
        {"refunds.fees_returned_before_payout", "refunds.before_payout"},
        {"refunds.backer_may_claim_while_live", "refunds.while_live"},
    };
    for (const auto& [field, rule] : others)
        if (contains(field, path)) return rule;
    return path;
}

Citation citation_at(const campaign::Terms& terms, std::string_view path) {
    if (path == "model.goal") return {"the campaign's own terms", {}, Evidence::agreed};
    const std::string_view wanted = rule_of(path);
    const Citation* best = nullptr;
    std::size_t length = 0;
    for (const auto& [rule, citation] : terms.sources) {
        if (!contains(rule, wanted) || rule.size() < length) continue;
        best = &citation;
        length = rule.size();
    }
    return best ? *best : citation_of(terms, path);
}

bool is_no_rule(std::string_view path) {
    return path == "title" || path == "pack" || path == "zone_database" || path == "sources" || path == "fees";
}

void list_leaves(const campaign::Terms& terms, const Node& node, const std::string& path, std::vector<Leaf>& leaves) {
    if (is_no_rule(path)) return;
    const bool has_tables =
        node.kind == Node::Kind::list && !node.items.empty() && node.items.front().kind == Node::Kind::table;
    if (node.kind == Node::Kind::table) {
        for (std::size_t i = 0; i < node.items.size(); ++i)
            list_leaves(terms, node.items[i], (path.empty() ? "" : path + ".") + node.keys[i].name, leaves);
    } else if (has_tables) {
        for (std::size_t i = 0; i < node.items.size(); ++i)
            list_leaves(terms, node.items[i], path + "[" + std::to_string(i + 1) + "]", leaves);
    } else {
        const bool is_text = node.kind == Node::Kind::text || node.kind == Node::Kind::date;
        leaves.push_back({path, is_text ? node.text : to_text(node), citation_at(terms, path)});
    }
}

std::vector<Leaf> leaves_of(const campaign::Terms& terms) {
    std::vector<Leaf> leaves;
    list_leaves(terms, tree_of(terms), {}, leaves);
    const auto fee = [&](const char* path, const FeeSchedule& schedule) {
        leaves.push_back({path, to_text(schedule, terms.currency), schedule.citation});
    };
    fee("fees.platform", terms.fees.platform);
    if (terms.fees.platform_on_miss) fee("fees.platform_on_miss", *terms.fees.platform_on_miss);
    fee("fees.processing", terms.fees.processing);
    return leaves;
}

}  // namespace

Result<campaign::Terms, Findings> changed(const campaign::Terms& terms, std::span<const Change> changes) {
    Node root = tree_of(terms);
    Findings findings;
    std::vector<std::string> paths;
    for (const Change& change : changes) {
        const auto all = full_paths(root, change.path);
        if (all.empty()) findings.push_back(malformed(change.path, "there is no fee to be taxed", "terms with fees"));
        for (const std::string& path : all) {
            if (auto finding = set(root, path, change.value)) findings.push_back(std::move(*finding));
            paths.push_back(path);
        }
    }
    if (has_refusal(findings)) return failure(std::move(findings));
    campaign::Terms result;
    if (!detail::Reader({terms.currency, terms.model.measure, true}, findings).read(root, result, {}))
        return failure(std::move(findings));
    for (Finding& defect : defects_of(result)) findings.push_back(std::move(defect));
    if (has_refusal(findings)) return failure(std::move(findings));
    for (const std::string& path : paths) cite_change(result, path);
    for (const Change& change : changes)
        result.pack += (&change == &changes.front() ? ", changed: " : ", ") + change.path;
    return result;
}

std::string fingerprint_of(const campaign::Terms& terms) {
    return detail::Chain().add(to_json(terms));
}

std::vector<RuleDifference> differences(std::span<const campaign::Terms> terms) {
    std::vector<std::vector<Leaf>> leaves;
    for (const campaign::Terms& each : terms) leaves.push_back(leaves_of(each));
    std::vector<std::string> paths;
    for (const auto& of_terms : leaves)
        for (const Leaf& leaf : of_terms)
            if (std::find(paths.begin(), paths.end(), leaf.path) == paths.end()) paths.push_back(leaf.path);

    std::vector<RuleDifference> different;
    for (const std::string& path : paths) {
        RuleDifference difference{path, {}, {}};
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            const auto leaf =
                std::find_if(leaves[i].begin(), leaves[i].end(), [&](const Leaf& each) { return each.path == path; });
            difference.values.push_back(leaf == leaves[i].end() ? std::string() : leaf->value);
            difference.citations.push_back(leaf == leaves[i].end() ? citation_at(terms[i], path) : leaf->citation);
        }
        const auto& values = difference.values;
        if (std::any_of(values.begin(), values.end(), [&](const std::string& v) { return v != values.front(); }))
            different.push_back(std::move(difference));
    }
    return different;
}

CampaignDraft draft_of(const campaign::Terms& terms, std::string country) {
    return {.title = terms.title,
            .country = std::move(country),
            .currency = terms.currency,
            .goal = terms.model.goal,
            .window = terms.window,
            .rewards = terms.rewards,
            .add_ons = terms.add_ons,
            .stretch_goals = terms.stretch_goals,
            .late_pledges = terms.late_pledges.has_value(),
            .instalments = terms.instalments.has_value(),
            .zone_database = terms.zone_database,
            .given = {}};
}

}  // namespace crowdrules
