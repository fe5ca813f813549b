"""VK's methods: each takes who calls and the parameters, and gives the `response`."""
