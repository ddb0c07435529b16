// SPDX-License-Identifier: BSL-1.0
// Pages: what everything that can be shown has: `report(html=...)`, and `plot` where it has pictures.
#pragma once

#include "bind.hpp"
#include <string>

namespace crowdrules::python {

/// Draws a chart with matplotlib, on `ax` or on a figure of its own; gives the axes.
py::object drawn(const py::object& chart, const py::object& ax);

/// Writes a page to the file with this path, a str or os.PathLike.
void write_page(const py::object& path, const std::string& page);

inline constexpr const char* report_doc =
    "The statement as a person reads it. With `html`, a path, the page for a browser is written there too: one file "
    "that needs nothing else.";

/// Gives a class its `report`. `text` and `page` make both from a value of it.
template <class T, class Text, class PageOf>
void def_report(py::class_<T>& cls, Text text, PageOf page) {
    cls.def(
        "report",
        [text, page](const T& self, const py::object& html) -> std::string {
            if (!html.is_none()) write_page(html, page(self));
            return text(self);
        },
        py::arg("html") = py::none(), report_doc);
}

/// A class that was bound before, to add to it.
template <class T>
py::class_<T> class_of() {
    return py::reinterpret_borrow<py::class_<T>>(py::type::of<T>());
}

}  // namespace crowdrules::python
