package dev.lintel.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Debian's Chromium before the box's page. */
final class Screen {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");

    private final Path profile;
    private final URI page;

    /** @param page with the part that is to be seen after # */
    Screen(Path folder, URI page) throws IOException {
        if (!Files.isExecutable(BROWSER)) {
            throw new IOException("Chromium is missing: sudo apt-get install chromium");
        }
        this.profile = folder.resolve("chromium");
        this.page = page;
    }

    /** Whether the page comes to show a text; opens it up to five times, because a busy machine may need longer. */
    boolean shows(String text) throws Exception {
        for (int i = 0; i < 5; i++) {
            if (run("--virtual-time-budget=8000", "--dump-dom").contains(text)) {
                return true;
            }
        }
        return false;
    }

    /** A picture of it. */
    Path picture(Path file) throws Exception {
        Files.createDirectories(file.toAbsolutePath().getParent());
        run("--virtual-time-budget=8000", "--screenshot=" + file.toAbsolutePath());
        return file;
    }

    private String run(String... what) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                BROWSER.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en-GB",
                "--window-size=1200,900",
                "--user-data-dir=" + profile));
        command.addAll(List.of(what));
        command.add(page.toString());
        Process browser = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(browser::destroyForcibly);
        String said = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        browser.waitFor();
        return said;
    }
}
