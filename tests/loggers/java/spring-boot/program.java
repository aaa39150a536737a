package shop;

import org.springframework.boot.Banner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Boot as its starter logs, in the format that its properties name. */
@SpringBootApplication
class Program implements CommandLineRunner {
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(Program.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.run(arguments);
    }

    @Override
    public void run(String... arguments) {
        Checkout.main(arguments);
    }
}
