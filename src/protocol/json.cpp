// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>

#include <nlohmann/json.hpp>

#include "document.hpp"
#include "json_writer.hpp"
#include "limits.hpp"
#include <algorithm>

namespace crowdrules::detail {

namespace {

using Json = nlohmann::json;

/// Builds the tree from the parser's calls; a call that returns false ends the parse.
class JsonReader : public nlohmann::json_sax<Json> {
  public:
    JsonReader(std::string_view text, const std::string& source, std::size_t line)
        : text_(text), first_line_(line), where_{source, text.find('\n') == text.npos ? line : 0, 0} {}

    bool null() override { return refuse("null is no value", "the field to be left out"); }
    bool boolean(bool flag) override {
        Node* node = add(Node::Kind::boolean);
        if (node) node->boolean = flag;
        return node != nullptr;
    }
    bool number_integer(number_integer_t number) override { return add_integer(number); }
    bool number_unsigned(number_unsigned_t number) override { return add_integer(number); }
    bool number_float(number_float_t, const string_t& digits) override {
        return refuse("a number with a fraction, an exponent or more than 64 bits is not exact",
                      "the same digits as text, in quotes", digits);
    }
    bool string(string_t& text) override {
        Node* node = add(Node::Kind::text);
        if (node) node->text = std::move(text);
        return node != nullptr;
    }
    bool binary(binary_t&) override { return refuse("binary data is no value", "text"); }
    bool start_object(std::size_t) override { return open(Node::Kind::table); }
    bool start_array(std::size_t) override { return open(Node::Kind::list); }
    bool end_object() override {
        std::vector<std::string_view> names;
        for (const auto& key : open_.back()->keys) names.push_back(key.name);
        std::sort(names.begin(), names.end());
        const auto twice = std::adjacent_find(names.begin(), names.end());
        if (twice != names.end()) return refuse("a key given twice", "each key once", std::string(*twice));
        return close();
    }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        open_.back()->keys.push_back({std::move(name), where_});
        return true;
    }
    bool parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception&) override {
        const auto before = text_.substr(0, position > 0 ? position - 1 : 0);
        const auto line_start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
        error_.where = where_;
        error_.where.line = first_line_ + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
        error_.where.column = before.size() - line_start + 1;
        error_.what = "not JSON";
        error_.found = token;
        error_.expected = "JSON";
        return false;
    }

    Node root;
    [[nodiscard]] const TextError& error() const noexcept { return error_; }

  private:
    bool add_integer(Int128 number) {
        Node* node = add(Node::Kind::integer);
        if (node) node->integer = number;
        return node != nullptr;
    }
    Node* add(Node::Kind kind) {
        Node* node = &root;
        if (++values_ > most_values || open_.size() > deepest_nesting) {
            error_ = values_ > most_values ? too_many_values(where_) : nested_too_deeply(where_);
            return nullptr;
        }
        if (!open_.empty()) {
            open_.back()->items.emplace_back();
            node = &open_.back()->items.back();
        }
        node->kind = kind;
        node->where = where_;
        return node;
    }
    bool open(Node::Kind kind) {
        Node* node = add(kind);
        // The address stays good: a list grows only while none of its items is open.
        if (node) open_.push_back(node);
        return node != nullptr;
    }
    bool close() {
        open_.pop_back();
        return true;
    }
    bool refuse(std::string what, std::string expected, std::string found = {}) {
        error_ = {where_, std::move(what), std::move(found), std::move(expected)};
        return false;
    }

    std::string_view text_;
    std::size_t first_line_;
    TextPosition where_;
    std::vector<Node*> open_;
    std::size_t values_ = 0;
    TextError error_;
};

}  // namespace

Result<Node> parse_json(std::string_view text, const std::string& source, std::size_t line) {
    JsonReader reader(text, source, line);
    if (!Json::sax_parse(text.begin(), text.end(), &reader)) return failure(reader.error());
    return std::move(reader.root);
}

void append_json_text(std::string& out, std::string_view text) {
    try {
        out += Json(text).dump();
    } catch (const Json::type_error&) {
        throw ContractViolation("a text that is not UTF-8 cannot be written as JSON");
    }
}

std::string as_utf8(std::string_view text) {
    // What replaces is written as JSON; read back it is the text.
    return Json::parse(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace)).get<std::string>();
}

}  // namespace crowdrules::detail
