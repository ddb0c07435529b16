// SPDX-License-Identifier: BSL-1.0
#include "event_class.hpp"

#include <crowdrules/campaign/event.hpp>

#include <campaign/schema/event.hpp>

namespace crowdrules::python {
namespace {

Happened presale_of(detail::Value body) {
    return {static_cast<const detail::OneOfType&>(body.type), body.at};
}

class Figures : public FieldWriter {
  public:
    Figures(Instant at, detail::Value record) : at_(at) { go_over(record); }

  private:
    void on_field(const detail::Field& field, detail::Value value) override {
        if (field.role != detail::Role::beside) return FieldWriter::on_field(field, value);
        fields[py::str(std::string(field.name))] =
            py::cast(campaign::Event{.at = at_, .what = detail::as<campaign::EventBody>(value.at)});
    }
    Instant at_;
};

class KeptFigures : public FieldWriter {
  public:
    explicit KeptFigures(detail::Value record) { go_over(record); }

  private:
    void on_field(const detail::Field& field, detail::Value value) override {
        if (field.role != detail::Role::beside) return FieldWriter::on_field(field, value);
        const Happened presale = presale_of(value);
        fields[py::str(std::string(field.name))] = py::make_tuple(presale.kind(), kept_figures_of(presale));
    }
};

class KeptFiguresReader : public FieldReader {
  public:
    using FieldReader::FieldReader;
    void fill(detail::Value record) { go_over(record); }

  private:
    void on_field(const detail::Field& field, detail::Value value) override {
        if (field.role != detail::Role::beside) return FieldReader::on_field(field, value);
        const py::handle given = arguments.take({std::string(field.name), {}, true}, owner);
        read_happened(value, py::cast<std::string>(given[py::int_(0)]), py::cast<py::dict>(given[py::int_(1)]));
    }
};

}  // namespace

py::dict figures_of(Instant at, const Happened& what) {
    return Figures(at, what.record()).fields;
}

py::dict kept_figures_of(const Happened& what) {
    return KeptFigures(what.record()).fields;
}

void read_happened(detail::Value body, const std::string& kind, const py::dict& figures) {
    for (const auto& alternative : static_cast<const detail::OneOfType&>(body.type).alternatives) {
        if (kind != alternative.name) continue;
        const py::args none;
        Arguments arguments(none, py::kwargs(figures));
        KeptFiguresReader(arguments, kind.c_str()).fill({alternative.type(), alternative.emplace(body.at, USD)});
        return arguments.finish(kind.c_str(), {});
    }
    raise_value_error("there is no event '" + kind + "'");
}

}  // namespace crowdrules::python
