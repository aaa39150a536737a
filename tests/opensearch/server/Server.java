import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node on loopback: `java -cp 'lib/*' Server.java FOLDER PORT`. It ends when its input does. */
public class Server {
    public static void main(String[] arguments) throws Exception {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", arguments[1]);
            settings.putList("node.roles", "cluster_manager", "data", "ingest");
            // A laptop's disk may be nearly full.
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        });
        runner.build(OpenSearchRunner.newConfigs()
                .basePath(arguments[0])
                .numOfNode(1)
                .clusterName("nozzle-" + arguments[1])
                .disableESLogger());
        runner.ensureYellow();
        System.out.println("ready");
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        runner.close();
        System.exit(0);
    }
}
