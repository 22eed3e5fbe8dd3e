import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.List;

/** Serves MongoDB's wire protocol from memory on a free loopback port, printed as one line; ends with its standard input. */
class Mongodb {
    /** The oldest version that pymongo still speaks to; the library's own 5.0 announces a wire version that is too old for it. */
    static class Version implements MongoVersion {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(4, 4, 0);
        }

        @Override
        public int getWireVersion() {
            return 9;
        }
    }

    /**
     * Answers with documents as they were when the command ended. The library's own answers hold the stored documents themselves, which
     * are written to the connection later: what another connection changed until then would be read as this command's result.
     */
    static class Backend extends MemoryBackend {
        @Override
        public synchronized Document handleMessage(MongoMessage message) {
            Document answer = super.handleMessage(message);
            return answer == null ? null : answer.cloneDeeply();
        }
    }

    public static void main(String[] arguments) throws Exception {
        MongoServer server = new MongoServer(new Backend().version(new Version()));
        server.bind("127.0.0.1", 0);
        System.out.println("mongodb://127.0.0.1:" + server.getLocalAddress().getPort());
        System.out.flush();
        while (System.in.read() != -1) {
            // whoever started us still holds the other end
        }
        server.shutdownNow();
    }
}
