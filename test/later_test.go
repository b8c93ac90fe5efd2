package test

func (c *cast) walkIn()  {}
func (c *cast) decide()  {}
func (c *cast) receive() {}
func (c *cast) follow()  {}
func (c *cast) rate()    {}
