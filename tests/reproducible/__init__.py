"""The same files give the same release, whatever the machine: site, kiosks, SBOM and what tells of their origin."""
