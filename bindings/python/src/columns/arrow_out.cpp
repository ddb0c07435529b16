// SPDX-License-Identifier: BSL-1.0
// Columns out, as Arrow: every struct carries what it needs to live as long as its consumer wants it.
#include "column.hpp"
#include <cstring>

namespace crowdrules::python {
namespace {

/// What an exported schema owns: its texts and children.
struct SchemaKeep {
    std::string format, name, metadata;
    std::vector<std::unique_ptr<ArrowSchema>> children;
    std::vector<ArrowSchema*> pointers;
    std::unique_ptr<ArrowSchema> dictionary;
};
struct ArrayKeep {
    std::vector<std::shared_ptr<const void>> memory;
    std::vector<const void*> buffers;
    std::vector<std::unique_ptr<ArrowArray>> children;
    std::vector<ArrowArray*> pointers;
    std::unique_ptr<ArrowArray> dictionary;
};

/// Releases what is left of the children: a consumer may have moved some of them away.
template <class Struct, class Keep>
void release(Struct* given) {
    auto* keep = static_cast<Keep*>(given->private_data);
    for (const auto& child : keep->children)
        if (child->release != nullptr) child->release(child.get());
    if (keep->dictionary && keep->dictionary->release != nullptr) keep->dictionary->release(keep->dictionary.get());
    delete keep;
    given->release = nullptr;
}

void fill(ArrowSchema& out, std::unique_ptr<SchemaKeep> keep) {
    for (const auto& child : keep->children) keep->pointers.push_back(child.get());
    out = {};
    out.format = keep->format.c_str();
    out.name = keep->name.c_str();
    out.metadata = keep->metadata.empty() ? nullptr : keep->metadata.data();
    out.n_children = static_cast<std::int64_t>(keep->pointers.size());
    out.children = keep->pointers.empty() ? nullptr : keep->pointers.data();
    out.dictionary = keep->dictionary.get();
    out.release = &release<ArrowSchema, SchemaKeep>;
    out.private_data = keep.release();
}

void fill(ArrowArray& out, std::size_t length, std::unique_ptr<ArrayKeep> keep) {
    for (const auto& child : keep->children) keep->pointers.push_back(child.get());
    out = {};
    out.length = static_cast<std::int64_t>(length);
    out.n_buffers = static_cast<std::int64_t>(keep->buffers.size());
    out.buffers = keep->buffers.data();
    out.n_children = static_cast<std::int64_t>(keep->pointers.size());
    out.children = keep->pointers.empty() ? nullptr : keep->pointers.data();
    out.dictionary = keep->dictionary.get();
    out.release = &release<ArrowArray, ArrayKeep>;
    out.private_data = keep.release();
}

/// Key and value pairs, each with its length before it, as the interface wants metadata.
std::string metadata_of(const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::string text;
    const auto add_number = [&](std::size_t number) {
        const auto narrow = static_cast<std::int32_t>(number);
        char bytes[sizeof narrow];
        std::memcpy(bytes, &narrow, sizeof narrow);
        text.append(bytes, sizeof narrow);
    };
    add_number(pairs.size());
    for (const auto& [key, value] : pairs) {
        add_number(key.size());
        text += key;
        add_number(value.size());
        text += value;
    }
    return text;
}

void write_schema(const OwnedColumn& column, ArrowSchema& out) {
    auto keep = std::make_unique<SchemaKeep>();
    keep->name = column.name;
    if (std::holds_alternative<OwnedColumn::Numbers>(column.values)) {
        keep->format = "l";
        if (column.currency)
            keep->metadata = metadata_of({{"currency", std::string(column.currency->code())},
                                          {"decimals", std::to_string(column.currency->digits())}});
    } else if (const auto* decimals = std::get_if<OwnedColumn::Decimals>(&column.values)) {
        keep->format = "d:38," + std::to_string(decimals->scale);
        if (column.currency) keep->metadata = metadata_of({{"currency", std::string(column.currency->code())}});
    } else {
        keep->format = "c";
        keep->dictionary = std::make_unique<ArrowSchema>();
        auto names = std::make_unique<SchemaKeep>();
        names->format = "u";
        fill(*keep->dictionary, std::move(names));
    }
    fill(out, std::move(keep));
}

void write_names(const std::vector<std::string>& names, ArrowArray& out) {
    const auto offsets = std::make_shared<std::vector<std::int32_t>>(1, 0);
    const auto text = std::make_shared<std::string>();
    for (const std::string& name : names) {
        *text += name;
        offsets->push_back(static_cast<std::int32_t>(text->size()));
    }
    auto keep = std::make_unique<ArrayKeep>();
    keep->buffers = {nullptr, offsets->data(), text->data()};
    keep->memory = {offsets, text};
    fill(out, names.size(), std::move(keep));
}

void write_array(const OwnedColumn& column, ArrowArray& out) {
    auto keep = std::make_unique<ArrayKeep>();
    std::visit(
        [&]<class Kept>(const Kept& kept) {
            if constexpr (std::is_same_v<Kept, OwnedColumn::Names>) {
                keep->buffers = {nullptr, kept.codes->values};
                keep->memory = {kept.codes};
                keep->dictionary = std::make_unique<ArrowArray>();
                write_names(*kept.names, *keep->dictionary);
            } else {
                keep->buffers = {nullptr, kept.values->values};
                keep->memory = {kept.values};
            }
        },
        column.values);
    fill(out, column.size(), std::move(keep));
}

void write_schema(const Frame& frame, ArrowSchema& out) {
    auto keep = std::make_unique<SchemaKeep>();
    keep->format = "+s";
    for (const OwnedColumn& column : frame.columns)
        write_schema(column, *keep->children.emplace_back(std::make_unique<ArrowSchema>()));
    fill(out, std::move(keep));
}

void write_array(const Frame& frame, ArrowArray& out) {
    auto keep = std::make_unique<ArrayKeep>();
    keep->buffers = {nullptr};
    for (const OwnedColumn& column : frame.columns)
        write_array(column, *keep->children.emplace_back(std::make_unique<ArrowArray>()));
    fill(out, frame.rows, std::move(keep));
}

/// A capsule that releases what nobody took out of it.
template <class Struct>
py::capsule capsule_of(std::unique_ptr<Struct> inside, const char* name) {
    PyObject* capsule = PyCapsule_New(inside.get(), name, [](PyObject* held) {
        auto* left = static_cast<Struct*>(PyCapsule_GetPointer(held, PyCapsule_GetName(held)));
        if (left->release != nullptr) left->release(left);
        delete left;
    });
    if (capsule == nullptr) throw py::error_already_set();
    inside.release();
    return py::reinterpret_steal<py::capsule>(capsule);
}

template <class Source>
py::capsule schema_of(const Source& source) {
    auto schema = std::make_unique<ArrowSchema>();
    write_schema(source, *schema);
    return capsule_of(std::move(schema), "arrow_schema");
}

template <class Source>
py::tuple array_of(const Source& source) {
    auto array = std::make_unique<ArrowArray>();
    write_array(source, *array);
    return py::make_tuple(schema_of(source), capsule_of(std::move(array), "arrow_array"));
}

/// A stream of one chunk.
template <class Source>
struct OneChunk {
    Source source;
    bool given = false;
};
template <class Source>
py::capsule stream_of(const Source& source) {
    using Chunk = OneChunk<Source>;
    auto stream = std::make_unique<ArrowArrayStream>();
    stream->get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
        write_schema(static_cast<Chunk*>(self->private_data)->source, *out);
        return 0;
    };
    stream->get_next = [](ArrowArrayStream* self, ArrowArray* out) {
        auto& chunk = *static_cast<Chunk*>(self->private_data);
        *out = {};
        if (!std::exchange(chunk.given, true)) write_array(chunk.source, *out);
        return 0;
    };
    stream->get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
    stream->release = [](ArrowArrayStream* self) {
        delete static_cast<Chunk*>(self->private_data);
        self->release = nullptr;
    };
    stream->private_data = new Chunk{source};
    return capsule_of(std::move(stream), "arrow_array_stream");
}

}  // namespace

py::capsule schema_capsule(const OwnedColumn& column) {
    return schema_of(column);
}
py::tuple array_capsules(const OwnedColumn& column) {
    return array_of(column);
}
py::capsule schema_capsule(const Frame& frame) {
    return schema_of(frame);
}
py::tuple array_capsules(const Frame& frame) {
    return array_of(frame);
}
py::capsule stream_capsule(const Frame& frame) {
    return stream_of(frame);
}
py::capsule stream_capsule(const OwnedColumn& column) {
    return stream_of(column);
}

}  // namespace crowdrules::python
