//! `nozzle install`: templates, pipeline and policy into the engine, and the dashboard into
//! `OpenSearch` Dashboards or Kibana.
//!
//! Each object is looked at before it is written, so that a second run changes nothing, and a dry
//! run tells what the first would do.

mod arguments;
mod assets;
mod caution;
mod compare;
mod engine;
mod report;
mod resource;
mod saved_objects;
mod target;

use std::path::Path;
use std::{fs, io};

use engine::Engine;
use report::{Report, note, warn};
use resource::{Found, Resource, State};
use target::Target;

use crate::client::{Client, PATIENCE, RequestError, read_address};
use crate::{Failure, Outcome, complain};

pub(crate) use arguments::Arguments;

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let target = arguments.target()?;
    // Whatever is wrong with the command line is told before anything is done.
    let engine =
        arguments.url.as_deref().map(|url| connect(arguments, "--url", url)).transpose()?;
    let dashboards = arguments.dashboards.as_deref();
    let dashboards = dashboards.map(|url| connect(arguments, "--dashboards", url)).transpose()?;
    let work = Work { arguments, target, report: Report::new(arguments.dry_run) };
    if let Some(folder) = &arguments.write {
        work.write_files(folder)?;
    }
    match work.install(engine.as_ref(), dashboards.as_ref()) {
        Ok(()) => Ok(Outcome::Complete),
        Err(Stop::Output(error)) => Err(Failure::Output(error)),
        Err(Stop::Request(error)) => {
            complain(&format!("nozzle: {error}"));
            Ok(Outcome::Incomplete)
        }
    }
}

fn connect(arguments: &Arguments, option: &str, url: &str) -> Result<Client, Failure> {
    let address = read_address(option, url)?;
    let credentials = arguments.credentials(&address)?;
    Ok(Client::new(address, credentials, PATIENCE))
}

/// Why the work stopped: a request of no use, or an output that cannot be written.
enum Stop {
    Request(RequestError),
    Output(io::Error),
}

impl From<RequestError> for Stop {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

struct Work<'a> {
    arguments: &'a Arguments,
    target: Target,
    report: Report,
}

impl Work<'_> {
    fn write_files(&self, folder: &Path) -> Result<(), Failure> {
        for (name, text) in assets::all_files(&self.target, self.arguments.keep_days) {
            let path = folder.join(name);
            if !self.arguments.dry_run {
                let written = path
                    .parent()
                    .map_or(Ok(()), fs::create_dir_all)
                    .and_then(|()| fs::write(&path, text));
                written.map_err(|error| {
                    Failure::Usage(format!("{} cannot be written: {error}", path.display()))
                })?;
            }
            self.report.file(&path.display().to_string())?;
        }
        Ok(())
    }

    fn install(&self, engine: Option<&Client>, dashboards: Option<&Client>) -> Result<(), Stop> {
        if let Some(client) = engine {
            self.install_engine(client)?;
        }
        if let Some(client) = dashboards {
            return self.install_dashboard(client);
        }
        if engine.is_some() && self.arguments.write.is_none() {
            note(
                "the dashboard is not among this: give --dashboards URL, or --write FOLDER and import its dashboards.ndjson under Saved objects",
            )?;
        }
        Ok(())
    }

    /// Installs what belongs into the engine. What the index template names comes before it: an
    /// index whose pipeline is not there takes no document.
    fn install_engine(&self, client: &Client) -> Result<(), Stop> {
        let target = &self.target;
        let engine = match ask_engine(client) {
            Err(error) if self.arguments.dry_run && error.is_unreachable() => {
                warn(&format!("{error}; what follows is what would be sent to OpenSearch"));
                return Ok(self.plan(&Engine::default(), client)?);
            }
            engine => engine?,
        };
        let name = engine.name();
        note(&format!("{name} {} at {}", engine.shown_version, client.address()))?;
        self.put(client, &Resource::component_template())?;
        self.put(client, &Resource::pipeline(target))?;
        let names_policy = self.put_policy(client, &engine)?;
        self.put(client, &Resource::index_template(target, &engine, names_policy))?;
        for sentence in caution::look(client, target)? {
            warn(&sentence);
        }
        if let Some(index_name) = &self.arguments.stream_index
            && let Some(sentence) = caution::of_stream(target, index_name)
        {
            warn(&sentence);
        }
        Ok(())
    }

    /// Writes the policy that the engine knows, and tells whether the index template has to name
    /// it.
    fn put_policy(&self, client: &Client, engine: &Engine) -> Result<bool, Stop> {
        for policy in Resource::policies(&self.target, engine, self.arguments.keep_days) {
            if self.put(client, &policy)? != State::Unsupported {
                return Ok(policy.is_named_by_template());
            }
        }
        warn(&format!(
            "this {} knows no policies, so that old indices stay until you delete them",
            engine.name()
        ));
        Ok(false)
    }

    /// Writes a resource unless it is there as wanted, and tells how it was before.
    fn put(&self, client: &Client, resource: &Resource) -> Result<State, Stop> {
        let Found { state, path } = resource.look(client)?;
        let is_wanted = matches!(state, State::Absent | State::Different(_));
        if is_wanted && !self.arguments.dry_run {
            client.put(&path, &resource.body)?;
        }
        self.report.request(Some(&state), &format!("PUT {path}"))?;
        Ok(state)
    }

    /// Tells what would be sent to an engine that cannot be asked.
    fn plan(&self, engine: &Engine, client: &Client) -> io::Result<()> {
        let policies = Resource::policies(&self.target, engine, self.arguments.keep_days);
        let resources = [Resource::component_template(), Resource::pipeline(&self.target)]
            .into_iter()
            .chain(policies)
            .chain([Resource::index_template(&self.target, engine, true)]);
        for resource in resources {
            let request = format!("PUT {}", client.address().join(&resource.path));
            self.report.request(None, &request)?;
        }
        Ok(())
    }

    fn install_dashboard(&self, client: &Client) -> Result<(), Stop> {
        let request = format!("POST {}", client.address().join(saved_objects::IMPORT));
        let state = match saved_objects::look(client, &self.target) {
            Err(error) if self.arguments.dry_run && error.is_unreachable() => {
                warn(&error.to_string());
                return Ok(self.report.request(None, &request)?);
            }
            state => state?,
        };
        if state != State::AsWanted && !self.arguments.dry_run {
            saved_objects::import(client, &self.target)?;
        }
        Ok(self.report.request(Some(&state), &request)?)
    }
}

/// Asks the engine who it is.
fn ask_engine(client: &Client) -> Result<Engine, RequestError> {
    let answer = client.accepted(client.get("/")?)?;
    Engine::read(&answer.body).ok_or_else(|| RequestError::not_understood(&answer.request))
}
