package dev.lintel.cli;

import io.nayuki.qrcodegen.QrCode;

/** A QR code in letters: two rows of it to a line where the terminal can show half blocks, else one. */
final class QrText {
    /** Fields of white around it that readers need. */
    private static final int QUIET = 3;

    private static final String[] HALVES = {"█", "▀", "▄", " "};

    private QrText() {}

    /**
     * Light parts are drawn and dark ones left empty, as terminals are dark; readers take it the other way round too.
     *
     * @param halves whether the terminal can show half blocks
     */
    static String of(String text, boolean halves) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        StringBuilder drawn = new StringBuilder();
        int step = halves ? 2 : 1;
        for (int y = -QUIET; y < code.size + QUIET; y += step) {
            for (int x = -QUIET; x < code.size + QUIET; x++) {
                boolean upper = code.getModule(x, y);
                boolean lower = code.getModule(x, y + 1);
                drawn.append(halves ? HALVES[(upper ? 2 : 0) + (lower ? 1 : 0)] : upper ? "  " : "##");
            }
            drawn.append('\n');
        }
        return drawn.toString();
    }
}
