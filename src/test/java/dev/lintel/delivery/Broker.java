package dev.lintel.delivery;

/** An MQTT broker that can be killed and comes back on the same port. */
interface Broker extends AutoCloseable {

    /** Answers its port once it listens. */
    int start() throws Exception;

    void kill() throws Exception;

    @Override
    void close() throws Exception;
}
