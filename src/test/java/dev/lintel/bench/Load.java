package dev.lintel.bench;

import dev.lintel.cli.Client;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that ask one after another, each as soon as it has its answer. */
final class Load {
    /**
     * @param millis of every request, sorted
     * @param seconds that all of them took
     */
    record Result(double[] millis, double seconds) {
        double at(double quantile) {
            return millis[(int) Math.ceil(quantile * millis.length) - 1];
        }

        /** Both together. */
        Result and(Result other) {
            double[] all = Arrays.copyOf(millis, millis.length + other.millis.length);
            System.arraycopy(other.millis, 0, all, millis.length, other.millis.length);
            Arrays.sort(all);
            return new Result(all, seconds + other.seconds);
        }

        double perSecond() {
            return millis.length / seconds;
        }
    }

    private Load() {}

    static Result run(Client client, byte[] image, int clients, int requests) throws Exception {
        return run(() -> client.upload("/identify", Map.of(), image).orFail(), clients, requests);
    }

    /** @param ask one request and its answer */
    static Result run(Runnable ask, int clients, int requests) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<double[]>> tasks = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int share = requests / clients;
                tasks.add(() -> ask(ask, share));
            }
            long start = System.nanoTime();
            List<Future<double[]>> done = pool.invokeAll(tasks);
            double seconds = (System.nanoTime() - start) / 1e9;
            List<double[]> parts = new ArrayList<>();
            for (Future<double[]> part : done) {
                parts.add(part.get());
            }
            double[] all =
                    parts.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
            return new Result(all, seconds);
        } finally {
            pool.shutdownNow();
        }
    }

    private static double[] ask(Runnable ask, int times) {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            ask.run();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return millis;
    }
}
