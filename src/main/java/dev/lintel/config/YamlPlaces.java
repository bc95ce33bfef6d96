package dev.lintel.config;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** Where in a YAML text something was written: positions of characters, from 0. */
record YamlPlaces(String text) {

    static boolean flow(CollectionNode<?> node) {
        return node.getFlowStyle() == DumperOptions.FlowStyle.FLOW;
    }

    int start(Node node) {
        return text.offsetByCodePoints(0, node.getStartMark().getIndex());
    }

    /** Where what was written for it ends; a block's own mark is only at what follows, after the comments between. */
    int end(Node node) {
        if (node instanceof CollectionNode<?> many
                && !flow(many)
                && !many.getValue().isEmpty()) {
            Object last = many.getValue().get(many.getValue().size() - 1);
            return last instanceof NodeTuple entry
                    ? Math.max(end(entry.getValueNode()), end(entry.getKeyNode()))
                    : end((Node) last);
        }
        int end = text.offsetByCodePoints(0, node.getEndMark().getIndex());
        while (end > start(node) && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    int column(int at) {
        return at - (text.lastIndexOf('\n', at - 1) + 1);
    }

    /** Of the line that a place is in; the dash of an item counts. */
    int indentOf(int at) {
        int line = text.lastIndexOf('\n', at - 1) + 1;
        int first = line;
        while (first < text.length() && (text.charAt(first) == ' ' || text.startsWith("- ", first))) {
            first++;
        }
        return first - line;
    }

    /** Where a section begins, with the comments before its first key. */
    int beginning(int firstKey, int indent) {
        int line = text.lastIndexOf('\n', firstKey) + 1;
        while (line > 0) {
            int above = text.lastIndexOf('\n', line - 2) + 1;
            String before = text.substring(above, line).stripTrailing();
            if (!before.isEmpty() && !before.startsWith(" ".repeat(indent) + "#")) {
                break;
            }
            line = above;
        }
        return line;
    }
}
