// SPDX-License-Identifier: BSL-1.0
#include <toml++/toml.h>

#include "document.hpp"
#include "limits.hpp"
#include <algorithm>
#include <optional>
#include <sstream>

namespace crowdrules::detail {

namespace {

/// Goes over a text before the parser does, whose calls nest as deeply as the text does: brackets, and keys of many
/// parts, which are tables in tables. It knows just as much of TOML as it needs to tell both from what stands in
/// strings and comments; whatever else is wrong is the parser's to say.
class Bounds {
  public:
    Bounds(std::string_view text, const std::string& source) : text_(text), source_(source) {}

    std::optional<TextError> exceeded() {
        std::size_t values = 0;
        for (; at_ < text_.size(); ++at_) {
            switch (text_[at_]) {
                case '\n':
                    ++line_;
                    line_start_ = at_ + 1;
                    ++values;
                    if (open_.empty()) dots_ = 0;
                    break;
                case '#':
                    at_ = std::min(text_.find('\n', at_), text_.size()) - 1;
                    break;
                case '"':
                case '\'':
                    pass_string();
                    break;
                case '.':
                    ++dots_;
                    break;
                case ',':
                    ++values;
                    dots_ = 0;
                    break;
                case '[':
                case '{':
                    ++values;
                    open_.push_back(dots_ + 1);
                    depth_ += open_.back();
                    dots_ = 0;
                    break;
                case ']':
                case '}':
                    if (open_.empty()) break;
                    depth_ -= open_.back();
                    dots_ = 0;
                    open_.pop_back();
                    break;
                default:
                    break;
            }
            if (depth_ + dots_ > deepest_nesting) return nested_too_deeply(here());
            if (values > most_values) return too_many_values(here());
        }
        return std::nullopt;
    }

  private:
    [[nodiscard]] TextPosition here() const { return {source_, line_, at_ - line_start_ + 1}; }

    /// From the quote that opens a string to the one that closes it, or to where the parser will stop.
    void pass_string() {
        const char quote = text_[at_];
        const std::string three(3, quote);
        const bool is_long = text_.substr(at_, 3) == three;
        for (at_ += is_long ? 3 : 1; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\n') {
                if (!is_long) {
                    --at_;
                    return;
                }
                ++line_;
                line_start_ = at_ + 1;
            } else if (text_[at_] == '\\' && quote == '"') {
                if (text_.substr(at_ + 1, 1) != "\n") ++at_;
            } else if (text_[at_] == quote && (!is_long || text_.substr(at_, 3) == three)) {
                // Up to two more quotes in front of the closing three belong to the string.
                if (is_long) at_ = std::min(text_.find_first_not_of(quote, at_), std::min(at_ + 5, text_.size())) - 1;
                return;
            }
        }
    }

    std::string_view text_;
    const std::string& source_;
    std::size_t at_ = 0;
    std::size_t line_ = 1, line_start_ = 0;
    std::size_t depth_ = 0;          ///< of what is open
    std::size_t dots_ = 0;           ///< of the key, since what it follows
    std::vector<std::size_t> open_;  ///< how much each bracket adds to the depth, with the key in front of it
};

class TomlReader {
  public:
    explicit TomlReader(const std::string& source) : source_(source) {}

    Result<Node> read(const toml::node& value, std::size_t depth) const {
        Node node;
        node.where = place(value.source());
        if (depth > deepest_nesting) return failure(nested_too_deeply(node.where));
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
    if (auto exceeded = Bounds(text, source).exceeded()) return failure(std::move(*exceeded));
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
