"""How people and programs reach Zhengxin: command line, web page, HTTP."""
