"""What tests of several rooms share: projects, releases, servers, clients, a browser."""
