package org.ipspipeline.benchmarks.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.ipspipeline.benchmarks.evaluation.result.RunResult;
import org.ipspipeline.benchmarks.evaluation.result.Runs;
import org.ipspipeline.benchmarks.evaluation.result.ThesisFigure;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser shows it. */
final class EvaluationReportTest {

    private static final String BROWSER = "chromium-headless-shell";
    private static final int[] COLORS = {0x8A8A8A, 0xC0392B, 0x1F6FC4, 0x2E8B57, 0x7D3C98};

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void needsABrowser() {
        Machine.needsPrograms(BROWSER);
    }

    @Test
    void everyFigureOfTheThesisHasItsPlotAndTheBrowserHasNothingToSay() throws Exception {
        List<RunResult> runs = ThesisFigure.all().stream()
                .map(figure -> Runs.tenSeconds("run-" + figure.figure(), figure.figure()))
                .toList();
        Path page = directory.resolve("index.html");
        new EvaluationReport(Map.of("cores", 2), Map.of(), Map.of(), runs, Map.of("other", "<why>")).write(page);

        String dom = browse(page, "--dump-dom");

        ThesisFigure.all().forEach(figure -> assertThat(dom).contains("<h3>Figure " + figure.figure() + "</h3>"));
        assertThat(dom.split("<svg ", -1)).hasSize(1 + runs.size());
        assertThat(dom).contains("&lt;why&gt;").contains("ips-pipeline, &lt;ring&gt;");
        assertThat(dom).as("fetched from elsewhere").doesNotContain("src=").doesNotContain("<script");
        assertThat(Files.readString(directory.resolve("browser.log"))).doesNotContain("CONSOLE");
    }

    @Test
    void noLineOfAPlotIsBlank() throws Exception {
        Path page = directory.resolve("plot.html");
        Html html = new Html("one plot");
        html.figure(RunPlot.of(Runs.tenSeconds("run", "4.12")), "caption");
        Files.writeString(page, html.end());
        Path picture = directory.resolve("plot.png");

        browse(page, "--screenshot=" + picture, "--window-size=600,600");

        BufferedImage image = ImageIO.read(picture.toFile());
        for (int color : COLORS) {
            assertThat(columnsWith(image, color))
                    .as("columns of the picture with the colour %06x", color)
                    .isGreaterThan(100);
        }
    }

    private static long columnsWith(BufferedImage image, int color) {
        return IntStream.range(0, image.getWidth())
                .filter(x -> IntStream.range(0, image.getHeight()).anyMatch(y -> isNear(image.getRGB(x, y), color)))
                .count();
    }

    /** Edges are smoothed: a pixel counts that is close to the colour. */
    private static boolean isNear(int pixel, int color) {
        int distance = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            distance += Math.abs((pixel >> shift & 0xFF) - (color >> shift & 0xFF));
        }
        return distance < 120;
    }

    private String browse(Path page, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                BROWSER,
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--enable-logging=stderr",
                "--user-data-dir=" + directory.resolve("profile")));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        Process browser = new ProcessBuilder(command)
                .redirectError(directory.resolve("browser.log").toFile())
                .start();
        String out = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(browser.waitFor())
                .as(Files.readString(directory.resolve("browser.log")))
                .isZero();
        return out;
    }
}
