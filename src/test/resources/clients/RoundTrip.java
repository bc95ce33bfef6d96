import java.io.File;
import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.FacesApi;

/** Enrols one photo and identifies another with the client that openapi-generator makes for Java. */
public final class RoundTrip {
    private RoundTrip() {}

    public static void main(String[] args) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(args[0]);
        client.setRequestInterceptor(request -> request.header("X-API-Key", args[1]));
        FacesApi faces = new FacesApi(client);
        int enrolled = faces.enroll("Anna", List.of(new File(args[2])), null, null, null, null, null).getEnrolled();
        String label = faces.identify(List.of(new File(args[3])), null, null, null, null, null).getLabel();
        System.out.println("enrolled " + enrolled + ", then " + label);
    }
}
