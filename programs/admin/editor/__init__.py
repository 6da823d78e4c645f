"""The page on which staff edit a draft's requirements, routes and conditions, by drop-downs that know each fact."""
