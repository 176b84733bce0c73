/** Emoji short names to characters: the common ones, by group. An unknown name stays visible as :name:. */
import { el } from "./dom.js";

const TABLE = `
smile 😄 smiley 😃 grinning 😀 laughing 😆 joy 😂 wink 😉 blush 😊 sweat_smile 😅 slightly_smiling_face 🙂 upside_down_face 🙃
thinking_face 🤔 neutral_face 😐 confused 😕 cry 😢 sob 😭 scream 😱 rage 😡 angry 😠 sleeping 😴 zzz 💤 sunglasses 😎 exploding_head 🤯
face_with_monocle 🧐 sweat 😓 relieved 😌 heart_eyes 😍 partying_face 🥳 melting_face 🫠 saluting_face 🫡 robot_face 🤖 skull 💀 ghost 👻
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 wave 👋 clap 👏 raised_hands 🙌 pray 🙏 muscle 💪 point_up ☝️ point_right 👉 point_left 👈
point_down 👇 hand ✋ raised_hand ✋ raised_hand_with_fingers_splayed 🖐️ fist ✊ handshake 🤝 eyes 👀 brain 🧠 writing_hand ✍️ no_good 🙅 shrug 🤷 ok_woman 🙆
raising_hand 🙋 bow 🙇 facepalm 🤦 runner 🏃 walking 🚶 technologist 🧑‍💻 firefighter 🧑‍🚒 busts_in_silhouette 👥 bust_in_silhouette 👤 speaking_head_in_silhouette 🗣️
heart ❤️ broken_heart 💔 blue_heart 💙 green_heart 💚 sparkles ✨ star ⭐ star2 🌟 fire 🔥 boom 💥 collision 💥 dizzy 💫 zap ⚡ snowflake ❄️
sunny ☀️ cloud ☁️ rain_cloud 🌧️ thunder_cloud_and_rain ⛈️ rainbow 🌈 ocean 🌊 earth_americas 🌎 earth_africa 🌍 earth_asia 🌏 full_moon 🌕 crescent_moon 🌙 volcano 🌋
red_circle 🔴 large_orange_circle 🟠 orange_circle 🟠 large_yellow_circle 🟡 yellow_circle 🟡 large_green_circle 🟢 green_circle 🟢 large_blue_circle 🔵 blue_circle 🔵
large_purple_circle 🟣 purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_brown_circle 🟤 large_red_square 🟥 large_orange_square 🟧 large_yellow_square 🟨
large_green_square 🟩 large_blue_square 🟦 large_purple_square 🟪 white_large_square ⬜ black_large_square ⬛ white_square_button 🔳 black_square_button 🔲 radio_button 🔘
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ heavy_multiplication_x ✖️ exclamation ❗ heavy_exclamation_mark ❗ question ❓
grey_exclamation ❕ grey_question ❔ bangbang ‼️ interrobang ⁉️ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 stop_sign 🛑 sos 🆘 rotating_light 🚨
construction 🚧 red_flag 🚩 triangular_flag_on_post 🚩 checkered_flag 🏁 white_flag 🏳️ rainbow-flag 🏳️‍🌈 beginner 🔰 o ⭕ 100 💯 anger 💢 information_source ℹ️ new 🆕
ok 🆗 up 🆙 cool 🆒 free 🆓 id 🆔 vs 🆚 recycle ♻️ infinity ♾️ heavy_plus_sign ➕ heavy_minus_sign ➖ heavy_division_sign ➗ wavy_dash 〰️
arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ arrow_upper_right ↗️ arrow_lower_right ↘️ arrow_up_down ↕️ left_right_arrow ↔️ arrows_counterclockwise 🔄
arrows_clockwise 🔃 arrow_right_hook ↪️ leftwards_arrow_with_hook ↩️ back 🔙 soon 🔜 top 🔝 repeat 🔁 twisted_rightwards_arrows 🔀 small_red_triangle 🔺 small_red_triangle_down 🔻
arrow_forward ▶️ black_right_pointing_triangle ▶️ fast_forward ⏩ rewind ⏪ double_vertical_bar ⏸️ pause_button ⏸️ black_square_for_stop ⏹️ black_circle_for_record ⏺️
black_right_pointing_double_triangle_with_vertical_bar ⏭️ track_next ⏭️ next_track_button ⏭️ previous_track_button ⏮️ play_or_pause_button ⏯️ eject ⏏️ low_brightness 🔅 high_brightness 🔆
alarm_clock ⏰ stopwatch ⏱️ timer_clock ⏲️ hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚ clock1 🕐 clock2 🕑 clock3 🕒 clock4 🕓 clock5 🕔 clock6 🕕 clock7 🕖
clock8 🕗 clock9 🕘 clock10 🕙 clock11 🕚 clock12 🕛 mantelpiece_clock 🕰️ calendar 📆 date 📅 spiral_calendar_pad 🗓️ spiral_calendar 🗓️
bell 🔔 no_bell 🔕 loudspeaker 📢 mega 📣 postal_horn 📯 studio_microphone 🎙️ microphone 🎤 speaker 🔈 sound 🔉 loud_sound 🔊 mute 🔇
pager 📟 telephone ☎️ phone ☎️ telephone_receiver 📞 iphone 📱 calling 📲 mobile_phone_off 📴 vibration_mode 📳 fax 📠 satellite_antenna 📡 signal_strength 📶 no_mobile_phones 📵
email 📧 e-mail 📧 envelope ✉️ incoming_envelope 📨 envelope_with_arrow 📩 mailbox 📫 mailbox_with_mail 📬 inbox_tray 📥 outbox_tray 📤 package 📦
pushpin 📌 round_pushpin 📍 paperclip 📎 linked_paperclips 🖇️ link 🔗 memo 📝 pencil 📝 pencil2 ✏️ lower_left_ballpoint_pen 🖊️ clipboard 📋 page_facing_up 📄 page_with_curl 📃 scroll 📜
bookmark 🔖 bookmark_tabs 📑 label 🏷️ file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ card_file_box 🗃️ file_cabinet 🗄️ wastebasket 🗑️ books 📚 book 📖 open_book 📖 closed_book 📕
green_book 📗 blue_book 📘 orange_book 📙 notebook 📓 ledger 📒 newspaper 📰 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 straight_ruler 📏 triangular_ruler 📐
mag 🔍 mag_right 🔎 lock 🔒 unlock 🔓 closed_lock_with_key 🔐 lock_with_ink_pen 🔏 key 🔑 shield 🛡️ hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ nut_and_bolt 🔩
toolbox 🧰 magnet 🧲 ladder 🪜 test_tube 🧪 microscope 🔬 telescope 🔭 bulb 💡 electric_plug 🔌 battery 🔋 low_battery 🪫 computer 💻 desktop_computer 🖥️ keyboard ⌨️ printer 🖨️
floppy_disk 💾 cd 💿 minidisc 💽 camera 📷 movie_camera 🎥 tv 📺 video_camera 📹 satellite 🛰️ rocket 🚀 airplane ✈️ ship 🚢 anchor ⚓ ambulance 🚑 fire_engine 🚒 police_car 🚓
helicopter 🚁 bike 🚲 car 🚗 bus 🚌 train 🚆 traffic_light 🚦 vertical_traffic_light 🚦 fuelpump ⛽ world_map 🗺️ compass 🧭 house 🏠 office 🏢 hospital 🏥 factory 🏭 bank 🏦 classical_building 🏛️
tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 trophy 🏆 medal 🏅 first_place_medal 🥇 sports_medal 🏅 military_medal 🎖️ crown 👑 gem 💎 dart 🎯 game_die 🎲 jigsaw 🧩 performing_arts 🎭 art 🎨 clapper 🎬
ticket 🎫 moneybag 💰 dollar 💵 euro 💶 credit_card 💳 money_with_wings 💸 receipt 🧾 scales ⚖️ balance_scale ⚖️ ballot_box_with_ballot 🗳️ broom 🧹 basket 🧺 bricks 🧱 adhesive_bandage 🩹 stethoscope 🩺 pill 💊
coffee ☕ tea 🍵 beer 🍺 beers 🍻 pizza 🍕 cake 🍰 birthday 🎂 cookie 🍪 apple 🍎 banana 🍌 bug 🐛 beetle 🪲 spider_web 🕸️ snail 🐌 turtle 🐢 whale 🐳 dog 🐶 cat 🐱 bird 🐦 owl 🦉 bee 🐝
unicorn_face 🦄 elephant 🐘 penguin 🐧 octopus 🐙 seedling 🌱 evergreen_tree 🌲 four_leaf_clover 🍀 cactus 🌵 mushroom 🍄 herb 🌿 wheelchair ♿ door 🚪 bed 🛏️ shopping_cart 🛒 eye 👁️ ear 👂
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ zero 0️⃣ keycap_ten 🔟 hash #️⃣ asterisk *️⃣ copyright ©️ registered ®️ tm ™️
speech_balloon 💬 thought_balloon 💭 left_speech_bubble 🗨️ right_anger_bubble 🗯️ crystal_ball 🔮 candle 🕯️ umbrella ☔ closed_umbrella 🌂 parachute 🪂 safety_vest 🦺 helmet_with_white_cross ⛑️ life_ring 🛟 ring_buoy 🛟 fire_extinguisher 🧯
todo ☑️ small_blue_diamond 🔹 small_orange_diamond 🔸 large_blue_diamond 🔷 large_orange_diamond 🔶 black_small_square ▪️ white_small_square ▫️ heavy_dollar_sign 💲 abacus 🧮 thread 🧵 knot 🪢 hook 🪝 sleuth_or_spy 🕵️ detective 🕵️
`;

const words = TABLE.trim().split(/\s+/);
const CHARACTERS = new Map();
for (let i = 0; i + 1 < words.length; i += 2) CHARACTERS.set(words[i], words[i + 1]);

/** The reactions offered first on a message. */
export const QUICK_REACTIONS = ["pushpin", "eyes", "white_check_mark"];

/** The names a picker offers, in table order. */
export const EMOJI_NAMES = [...CHARACTERS.keys()];

/** The character for a short name (skin tones ignored), or null. */
export function emojiCharacter(name) {
  return CHARACTERS.get(name.split("::")[0]) ?? null;
}

/** A node for a short name: the character with its name for screen readers, or the literal text. */
export function emojiNode(name) {
  const character = emojiCharacter(name);
  if (!character) return document.createTextNode(`:${name}:`);
  return el(
    "span",
    { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` },
    character,
  );
}

/** Text with its :short_names: turned into emoji and nothing else; for plain_text objects. */
export function withEmoji(text) {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g)) {
    if (!emojiCharacter(match[1])) continue;
    fragment.append(text.slice(end, match.index), emojiNode(match[1]));
    end = match.index + match[0].length;
  }
  fragment.append(text.slice(end));
  return fragment;
}

/** The same as a plain string, for accessible names, titles and options. */
export function emojiString(text) {
  return text.replace(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g, (whole, name) => emojiCharacter(name) ?? whole);
}
