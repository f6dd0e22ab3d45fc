document.documentElement.classList.add("js");try{var c=localStorage.getItem("eb-colours");if(c)document.documentElement.dataset.colours=c}catch(e){}
