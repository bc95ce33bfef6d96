package dev.lintel.cli;

import dev.lintel.Appliance;
import dev.lintel.config.LintelConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = "Run the appliance until it is told to stop (Ctrl-C, or SIGTERM); then finish what was accepted.")
final class ServeCommand implements Callable<Integer> {
    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        LintelConfig config = installation.load();
        Logs.configure(config.logging());
        Appliance appliance = Appliance.start(config);
        ServiceManager manager = ServiceManager.of(System.getenv());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            manager.stopping();
                            appliance.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Lintel is ready at " + appliance.url());
        out.flush();
        manager.ready("serving " + appliance.url());
        manager.watch(appliance::alive);
        stopped.await();
        return ExitCodes.OK;
    }
}
