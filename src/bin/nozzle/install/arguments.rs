//! What a person says on the command line and in the environment, and what it means.

use std::path::PathBuf;

use nozzle::Settings;
use nozzle::config::{Config, SETTINGS};

use super::target::Target;
use crate::Failure;
use crate::client::{Address, Credentials, choose_credentials};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[arg(long, value_name = "URL", required_unless_present_any = ["dashboards", "write"], help = "Address of the domain or cluster, such as https://search-logs-abc.eu-west-1.es.amazonaws.com")]
    pub(super) url: Option<String>,
    #[arg(
        long,
        value_name = "URL",
        help = "Address of OpenSearch Dashboards or Kibana, to import the dashboard there; on Amazon's domains the one above with /_dashboards behind it"
    )]
    pub(super) dashboards: Option<String>,
    #[arg(
        long,
        value_name = "PREFIX",
        help = "Prefix of the indices, as the function has it; by default NOZZLE_INDEX"
    )]
    pub(super) index: Option<String>,
    #[arg(
        long,
        value_name = "NAME",
        help = "The delivery stream's IndexName, to check that template and pipeline meet its documents; by default the prefix"
    )]
    pub(super) stream_index: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=36_500), help = "After how many days an index is deleted")]
    pub(super) keep_days: u32,
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with = "aws",
        help = "Name of a user, whose password is in OPENSEARCH_PASSWORD"
    )]
    pub(super) user: Option<String>,
    #[arg(
        long,
        help = "Sign requests with the credentials in AWS_ACCESS_KEY_ID and its kin; this is the default for Amazon's domains"
    )]
    pub(super) aws: bool,
    #[arg(long, help = "Show each request and what it would change, and change nothing")]
    pub(super) dry_run: bool,
    #[arg(
        long,
        value_name = "FOLDER",
        help = "Write the files for this prefix into a folder, to be installed by hand"
    )]
    pub(super) write: Option<PathBuf>,
}

impl Arguments {
    /// The indices that are meant.
    pub(super) fn target(&self) -> Result<Target, Failure> {
        let settings = Settings::from_environment()?;
        let rotation = Config::compile_locally(&settings)?.index.rotation;
        let setting = SETTINGS.iter().find(|setting| setting.key == "index");
        let configured = setting.map(|setting| {
            settings.get(setting).map_or(setting.default, |said| said.value.as_str())
        });
        let prefix = self.index.as_deref().or(configured).unwrap_or_default();
        let option = if self.index.is_some() { "--index" } else { "NOZZLE_INDEX" };
        Target::of(prefix, rotation)
            .map_err(|fault| Failure::Usage(format!("{option}: {}", fault.sentence())))
    }

    /// Who asks at `address`.
    pub(super) fn credentials(&self, address: &Address) -> Result<Credentials, Failure> {
        choose_credentials(self.user.as_deref(), self.aws, address)
    }
}
