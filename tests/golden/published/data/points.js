(window.HAITANG=window.HAITANG||{}).points={"lon":[121.005689,121.02,120.9,null],"lat":[31.305177,31.31,31.4,null],"precise":[1,1,0,0],"verified":{"from":"2020-01-02","digits":"0---"}};
