package dev.lintel.gateway;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Another program's API, spoken beside Lintel's own so that its clients need no change. */
public interface GuestApi {

    /** One operation of its contract. */
    interface Operation {
        /** Fails with a {@link ProblemException} for what is wrong with the request. */
        Future<Reply> handle(GuestCall call);
    }

    /** A word for logs, metrics and the address of its contract. */
    String name();

    /** Its OpenAPI document: paths, methods, and the id of each operation. */
    JsonObject contract();

    /** Whether an address is its own, so that even "there is nothing here" is said in its words. */
    boolean owns(String path);

    /** The handler of each operation of the contract, by its id. */
    Map<String, Operation> operations();

    /** How it says no. */
    Reply refuse(Problem problem);
}
