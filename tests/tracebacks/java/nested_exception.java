public class NestedException {
    static void f() throws Exception {
        throw new java.rmi.ServerException("in server thread", new java.rmi.RemoteException("gone"));
    }
    public static void main(String[] args) throws Exception { f(); }
}
