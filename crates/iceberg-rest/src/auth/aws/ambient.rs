//! This machine's own identity, where a connection is told to use it: AWS's default chain.

use aws_config::{
    default_provider::credentials::DefaultCredentialsChain, imds,
    profile::ProfileFileCredentialsProvider, provider_config::ProviderConfig,
};
use aws_credential_types::{Credentials, provider::ProvideCredentials};
use aws_sdk_sts::config::{BehaviorVersion, Region};

use super::{Lender, failed};
use crate::error::Error;

impl Lender {
    /// Made anew each time: profiles and variables are read as they are now, and nothing is kept but by this
    /// connection.
    pub(super) async fn ambient(&self, profile: Option<&str>) -> Result<Credentials, Error> {
        let region = Region::new(self.region.clone());
        let config = ProviderConfig::without_region()
            .with_behavior_version(Some(BehaviorVersion::v2026_01_12()))
            .with_region(Some(region.clone()))
            .with_http_client(self.way.clone());
        let found = match profile {
            // The chain would prefer keys of the environment to it.
            Some(profile) => {
                ProfileFileCredentialsProvider::builder()
                    .configure(&config)
                    .profile_name(profile)
                    .build()
                    .provide_credentials()
                    .await
            }
            None => {
                // Where nothing answers, the chain ends within the time that there is.
                let instance = imds::Client::builder()
                    .configure(&config)
                    .max_attempts(2)
                    .build();
                DefaultCredentialsChain::builder()
                    .configure(config)
                    .region(region)
                    .imds_client(instance)
                    .build()
                    .await
                    .provide_credentials()
                    .await
            }
        };
        found.map_err(|error| failed::of_chain(&error, profile))
    }
}
