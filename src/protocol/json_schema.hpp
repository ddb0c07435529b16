// SPDX-License-Identifier: BSL-1.0
// JSON schema: what a reader accepts, written as a JSON Schema (draft 07), so that an editor completes and checks a
// file while it is typed.
//
//   Terms terms;  JsonSchema schema;
//   const std::string of_terms = schema.of(value_of(terms), "terms");       {"$ref":"#/definitions/terms"}
//   schema.document("The terms of a campaign", of_terms)
//
// Where a value has several forms, the schema tells by what sets one apart (an object or none, a field that only one
// form has and must have, the name of an alternative) which form is meant, so that an editor marks the field that is
// wrong and not the whole value. Beside that stands an `anyOf` that accepts anything: editors look there for what can
// be completed, and not behind `if`.
//
// Made from the same descriptions as what reads the file (reader.hpp), it knows each field by itself. What depends on
// other fields (dates in their order, names that must exist) is left to the reader: a schema refuses nothing that the
// reader accepts.
#pragma once

#include "later.hpp"
#include <map>
#include <schema/fields.hpp>
#include <set>
#include <string>
#include <string_view>
#include <typeindex>
#include <utility>
#include <vector>

namespace crowdrules::detail {

class JsonSchema {
  public:
    /// The schema of what is read into `nothing`, which is changed on the way. Records are defined once; `called` is a
    /// name for the definition.
    std::string of(Value nothing, std::string_view called);
    std::string of(const Field& field, Value nothing);

    /// The fields of `record` alone, as a schema of its own: others may stand beside them, and none is required.
    /// `wanted` chooses them.
    using Wanted = bool (*)(Value field);
    std::string fields_of(Value record, Wanted wanted);

    /// From here on an id may be written as a name, or not: see NameBook.
    void name_ids(bool named) { ids_are_named_ = named; }
    /// Records of this type must fulfil this schema too. Expects: none has been asked for.
    void add_to(const Type& record, std::string schema) { added_.emplace(*record.cpp, std::move(schema)); }
    /// What parts of a file are that may be anything.
    void set_anything(std::string schema) { anything_ = std::move(schema); }

    /// The schema as a whole, with all definitions.
    [[nodiscard]] std::string document(std::string_view title, const std::string& schema) const;

    /// Of what fulfils one of them.
    [[nodiscard]] static std::string any_of(const std::vector<std::string>& schemas);
    /// The same of records, as `of` gave them.
    [[nodiscard]] std::string any_record(const std::vector<std::string>& references) const;
    /// Of one text.
    [[nodiscard]] static std::string constant(std::string_view text);
    [[nodiscard]] static std::string one_of(std::span<const std::string_view> texts);

  private:
    struct Basic;
    struct Record {
        std::string name;  ///< of its definition
        std::set<std::string> fields, required;
    };
    std::string basic(const Basic& kind);
    std::string record(Value nothing, std::string_view called);
    std::string ways_of(Value nothing, Record& record);
    std::string bare(const Field& field, Value nothing);
    std::string whole(const WholeType& type, const Range& range) const;
    std::string list_of(const Type& list, void* at, std::string_view called, bool is_set);
    std::string later(const Type& type, std::string_view called);
    [[nodiscard]] std::string told_apart(const std::vector<std::string>& references) const;
    std::string define(std::string name, std::string schema);
    std::string free_name(std::string_view called) const;

    using Key = std::pair<std::type_index, bool>;  ///< a type, and whether ids within may be names
    std::map<Key, Record> records_;
    std::map<std::string, std::string> definitions_;
    std::map<std::type_index, std::string> added_;
    std::string anything_ = "{}";
    bool ids_are_named_ = false;
};

}  // namespace crowdrules::detail
