// SPDX-License-Identifier: BSL-1.0
#include <toml++/toml.h>

#include "document.hpp"
#include <sstream>

namespace crowdrules::detail {

namespace {

class TomlReader {
  public:
    explicit TomlReader(const std::string& source) : source_(source) {}

    Result<Node> read(const toml::node& value, std::size_t depth) const {
        Node node;
        node.where = place(value.source());
        if (depth > deepest_nesting)
            return failure(TextError{node.where, "nested too deeply", {}, "at most 64 levels"});
        if (const auto* table = value.as_table()) return read_table(*table, std::move(node), depth);
        if (const auto* list = value.as_array()) return read_list(*list, std::move(node), depth);
        if (const auto* text = value.as_string()) {
            node.kind = Node::Kind::text;
            node.text = text->get();
        } else if (const auto* number = value.as_integer()) {
            node.kind = Node::Kind::integer;
            node.integer = number->get();
        } else if (const auto* flag = value.as_boolean()) {
            node.kind = Node::Kind::boolean;
            node.boolean = flag->get();
        } else if (value.is_floating_point()) {
            return failure(TextError{node.where,
                                     "a floating point number is not exact",
                                     {},
                                     "the same digits as text, in quotes: \"0.029\""});
        } else {
            node.kind = Node::Kind::date;
            node.text = written(value);
        }
        return node;
    }

  private:
    Result<Node> read_table(const toml::table& table, Node node, std::size_t depth) const {
        node.kind = Node::Kind::table;
        for (const auto& [key, value] : table) {
            auto item = read(value, depth + 1);
            if (!item) return item;
            node.keys.push_back({std::string(key.str()), place(key.source())});
            node.items.push_back(std::move(*item));
        }
        return node;
    }
    Result<Node> read_list(const toml::array& list, Node node, std::size_t depth) const {
        node.kind = Node::Kind::list;
        for (const auto& value : list) {
            auto item = read(value, depth + 1);
            if (!item) return item;
            node.items.push_back(std::move(*item));
        }
        return node;
    }
    static std::string written(const toml::node& value) {
        std::ostringstream out;
        if (const auto* day = value.as_date()) out << day->get();
        if (const auto* time = value.as_time()) out << time->get();
        if (const auto* both = value.as_date_time()) out << both->get();
        return out.str();
    }
    TextPosition place(const toml::source_region& region) const {
        return {source_, region.begin.line, region.begin.column};
    }

    const std::string& source_;
};

}  // namespace

Result<Node> parse_toml(std::string_view text, const std::string& source) {
    try {
        const toml::table table = toml::parse(text, std::string_view(source));
        return TomlReader(source).read(table, 0);
    } catch (const toml::parse_error& error) {
        const auto& begin = error.source().begin;
        return failure(TextError{{source, begin.line, begin.column}, std::string(error.description()), {}, "TOML"});
    }
}

Finding finding_of(const TextError& error) {
    Finding finding{};
    finding.kind = FindingKind::malformed;
    finding.what = error.what;
    if (!error.found.empty()) finding.what += "; found \"" + error.found + "\"";
    finding.accepted = error.expected;
    finding.where = error.where;
    return finding;
}

}  // namespace crowdrules::detail
