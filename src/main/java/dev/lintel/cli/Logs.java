package dev.lintel.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.lintel.config.LoggingConfig;
import org.slf4j.LoggerFactory;

/** Sets up the log as configured. {@code logback.xml} reads the two properties. */
final class Logs {
    private Logs() {}

    static void configure(LoggingConfig config) {
        System.setProperty("lintel.log.format", config.format());
        System.setProperty("lintel.log.level", config.level());
        // A library may have logged while the configuration was read, and so set the log up already.
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(Logs.class.getResource("/logback.xml"));
        } catch (JoranException e) {
            throw new IllegalStateException("logback.xml in the jar is wrong", e);
        }
    }
}
